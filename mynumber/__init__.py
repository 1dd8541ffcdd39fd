"""Knows the card: how long it is valid, when it may be renewed, which numbers must never be kept."""
