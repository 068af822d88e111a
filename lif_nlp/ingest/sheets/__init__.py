"""Spreadsheets and tables: audit sheets, coroners' tables, rows of printed tables."""
