"""The pure rules of counters and mobile desks: times to book, who is called, where to go next."""
