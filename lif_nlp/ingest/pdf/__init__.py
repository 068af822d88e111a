"""PDF pages become pieces in reading order: page, chunks, tables, structure."""
