"""What comes with the program: the first pages of a new wiki, and those of the demo."""
