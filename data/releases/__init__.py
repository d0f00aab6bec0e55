"""What becomes of a release: how it comes in, is weighed, kept, verified and withdrawn."""
