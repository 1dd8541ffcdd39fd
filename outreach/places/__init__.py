"""Where: partitions of the city, districts, venues."""
