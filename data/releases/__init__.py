"""What becomes of a release: received, weighed, compared, published; and those that come with the program."""
