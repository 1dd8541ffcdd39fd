"""The demo town: invented people and counts on Kazuno's place names, never for real data."""
