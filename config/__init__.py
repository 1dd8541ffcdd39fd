"""Puts the apps together: settings, URLs, the site shell, roles, and the commands that touch every app."""
