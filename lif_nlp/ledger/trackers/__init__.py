"""Trackers of actions, as partnerships keep them: columns, dates, colours, versions."""
