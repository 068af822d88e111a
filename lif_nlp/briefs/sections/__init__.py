"""Sections that several kinds of brief share."""
