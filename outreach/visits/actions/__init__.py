"""Everything that changes a visit request or a visit."""
