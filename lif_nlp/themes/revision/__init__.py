"""People's decisions about themes and labels: the log of edits, and how it is applied."""
