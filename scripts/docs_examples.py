"""Puts the heading "Examples" over the examples of docstrings, where the site's reader needs it."""

from __future__ import annotations

import re

import griffe

FIRST_EXAMPLE = re.compile(r"(?<=\n)(?=>>> )")


class ExampleHeadings(griffe.Extension):
    """An extension of griffe, which reads the docstrings for the site."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Add the heading before the first example of an object that has one."""
        if obj.docstring:
            text = FIRST_EXAMPLE.sub("Examples\n--------\n", obj.docstring.value, count=1)
            obj.docstring.value = text
