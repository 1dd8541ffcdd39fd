"""The questions about a visit, for residents and for staff."""
