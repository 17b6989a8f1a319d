"""The pictures of the help and of the README, taken by Chromium from the demo: `make pictures`."""
