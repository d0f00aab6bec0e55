"""What becomes of a release: received, weighed, compared, published, withdrawn."""
