"""What a class promises in numbers and words, as pure functions."""
