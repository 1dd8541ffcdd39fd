"""Knows the card: its validity, its renewal, its rates, and the numbers never to be kept."""
