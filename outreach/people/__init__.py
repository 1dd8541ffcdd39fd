"""Who: residents, where they live, who looks after them, and who on the staff saw them."""
