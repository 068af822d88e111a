"""Sub-themes: parts of a large known theme, each led by the phrases used for it."""
