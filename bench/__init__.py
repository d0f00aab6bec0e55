"""Measures every budget beside a reference in the same run: `make bench`, and `make soak` for endurance.

A section measures and returns rows; nothing here is a test, and no test takes a time.
"""
