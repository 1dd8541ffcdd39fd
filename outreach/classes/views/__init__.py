"""What residents and the desk see of the classes."""
