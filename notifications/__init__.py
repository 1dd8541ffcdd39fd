"""Knows how to reach people; has never heard of cards, classes or pages."""
