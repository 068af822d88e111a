"""Features and small linear models."""
