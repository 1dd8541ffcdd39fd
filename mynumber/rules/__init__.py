"""What law and plan say about the card, as pure functions: dates and numbers in, answers out."""
