"""How a workspace, its tables and its files show themselves in a notebook.

One idea: what is shown is plain HTML made from frames, escaped, with words beside
every picture, so that it reads the same on screen, on paper and aloud.
"""
