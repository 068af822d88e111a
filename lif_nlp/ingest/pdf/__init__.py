"""Reads PDF files: characters, running headers, paragraphs, headings, tables, scans."""
