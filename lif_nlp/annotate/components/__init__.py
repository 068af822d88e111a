"""spaCy components, one for each question about a unit."""
