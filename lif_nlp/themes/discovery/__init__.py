"""Emergent themes: groups that recur in what the known themes leave unexplained."""
