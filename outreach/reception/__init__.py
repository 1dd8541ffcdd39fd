"""Where residents are received: counters and mobile desks."""
