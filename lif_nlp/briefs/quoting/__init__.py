"""Which quotes are shown: quotability, privacy, selection and verification."""
