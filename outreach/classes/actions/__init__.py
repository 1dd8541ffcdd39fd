"""What is done with classes: announced, registered for, cancelled, reminded of."""
