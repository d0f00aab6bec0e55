"""What becomes of a release: how it comes in, is kept, and is verified."""
