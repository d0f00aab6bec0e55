"""Discord: the bot, its words and pictures."""
