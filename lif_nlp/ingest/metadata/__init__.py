"""Finds what a report says about itself: title, type, date, area and further facts."""
