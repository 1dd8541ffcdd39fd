"""What residents and staff fill in at the desk."""
