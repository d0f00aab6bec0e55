"""What people write about asylum figures: numbers, places, years and measures found in a text. Pure."""
