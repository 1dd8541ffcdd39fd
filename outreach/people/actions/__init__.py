"""What is written down about residents, and about who on the staff saw them."""
