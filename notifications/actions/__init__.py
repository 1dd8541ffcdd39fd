"""What is written down about reaching people: contacts, consents, messages and their delivery."""
