"""Draws the town: reads, never writes."""
