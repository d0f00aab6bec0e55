"""Subscriptions as people make and keep them, and the messages that channels get."""
