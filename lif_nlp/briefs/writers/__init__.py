"""One writer per file format, with styles, charts and branding."""
