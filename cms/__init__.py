"""Publishes to residents: pages, languages; reads the town, never writes it."""
