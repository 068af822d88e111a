"""Frames: what each clause of a finding claims, in parts that can be compared.

`clauses` cuts a sentence at its contrasts, `qualifiers` reads negation, quantity and actor,
and `finder` puts them together with the aspects and defects of the framework.
"""
