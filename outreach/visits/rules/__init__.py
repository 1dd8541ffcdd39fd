"""What makes a request urgent, how long a time slot is, how a birth year is written."""
