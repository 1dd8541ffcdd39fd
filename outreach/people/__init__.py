"""Who: residents, and the record of who on the staff saw them."""
