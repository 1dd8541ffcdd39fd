"""Screens of counters and mobile desks."""
