"""The doors: slash commands."""
