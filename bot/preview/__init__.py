"""A small Discord on loopback, and a chat page on it."""
