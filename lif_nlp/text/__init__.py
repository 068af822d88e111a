"""Text tools that every room shares: folding, word lists, phrases, patterns, plain English."""
