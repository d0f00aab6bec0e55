"""How a release comes in, step by step."""
