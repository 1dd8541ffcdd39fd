"""Date formats for the languages Django has none for."""
