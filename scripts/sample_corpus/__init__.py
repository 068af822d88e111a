"""Turns the sources of the fictional sample corpus into the file kinds reports come in."""
