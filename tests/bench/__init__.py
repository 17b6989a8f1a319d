"""How fast and how large: `make bench` measures what the project promises, with a control in the same run."""
