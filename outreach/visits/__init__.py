"""Home visits: asked for, put on a day and a team, their outcome."""
