"""Write functions of counters and mobile desks."""
