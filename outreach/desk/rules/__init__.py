"""Whom an announcement is for, as a description that knows no database."""
