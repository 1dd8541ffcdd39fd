"""The demo town: invented people and counts on Kazuno's real place names. Never loaded onto real data."""
