"""The small digest of figures that comes with the program; README.md beside this file says what it is."""
