"""Emergent themes: groups that recur among what the known themes leave unexplained."""
