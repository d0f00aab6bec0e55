"""Alerts: what moderators subscribe, the messages that channels get, and their delivery."""
