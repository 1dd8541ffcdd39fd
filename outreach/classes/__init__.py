"""Smartphone classes: courses, sessions, registrations."""
