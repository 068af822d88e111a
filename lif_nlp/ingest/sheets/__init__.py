"""Reads spreadsheets and tables: audit sheets, tables of coroners' reports, printed tables."""
