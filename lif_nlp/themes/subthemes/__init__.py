"""Sub-themes: parts of a large known theme, led by the phrases used for them."""
