"""Puts the apps together: settings, URLs, the site shell, roles, commands that touch every app."""
