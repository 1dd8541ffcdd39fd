"""What a file of counts may say: pure functions over its texts and numbers."""
