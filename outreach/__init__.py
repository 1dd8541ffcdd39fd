"""Knows the town, room by room: who needs what, who goes where."""
