"""How far: counts of residents and cards, district by district."""
