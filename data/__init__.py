"""Figures: fetched, told apart, kept, and asked."""
