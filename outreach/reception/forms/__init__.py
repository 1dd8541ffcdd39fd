"""What residents and officers fill in about counters and mobile desks."""
