"""The plugins that come with the program; each is one folder. How to write one: README.md."""
