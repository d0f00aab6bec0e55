"""The Discord client and what every feature needs of it; nothing of a feature."""
