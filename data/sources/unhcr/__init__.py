"""UNHCR: its files and its API."""
