"""What is written down about cards: who asked to be reminded of an expiry, and the reminding."""
