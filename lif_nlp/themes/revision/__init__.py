"""What people decide about themes: the log of edits, and how it is applied."""
