"""Answers laid out as Discord messages."""
