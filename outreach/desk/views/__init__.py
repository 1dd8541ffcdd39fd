"""The resident's own page, and the desk's screens."""
