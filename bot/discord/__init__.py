"""The bot's side of Discord, apart from any feature."""
