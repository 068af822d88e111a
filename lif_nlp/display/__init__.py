"""How a workspace, its tables and its files are shown in a notebook.

Everything is plain, escaped HTML made from frames, with a text alternative for every
picture, so that it reads the same on screen, on paper and aloud.
"""
