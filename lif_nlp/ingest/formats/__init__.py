"""Readers of Word, OpenDocument, web page, e-mail, archive and plain text files."""
