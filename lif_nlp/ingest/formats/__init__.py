"""One reader per text format; each returns a `Reading` of `Piece`s."""
