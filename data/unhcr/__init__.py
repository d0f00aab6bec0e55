"""UNHCR: its files and, one day, its API."""
