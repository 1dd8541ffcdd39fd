"""How names, addresses and people are compared, as functions that know no database."""
