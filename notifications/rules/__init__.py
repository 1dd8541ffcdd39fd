"""What the carriers and the numbering plan say about reaching a phone, as pure functions."""
