"""What is done to counts: imported, and replaced by newer ones."""
