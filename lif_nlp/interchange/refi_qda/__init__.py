"""REFI-QDA: codebooks and projects for NVivo, ATLAS.ti, MAXQDA and QualCoder."""
