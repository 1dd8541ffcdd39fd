"""How names are compared and references made, as functions that know no database."""
