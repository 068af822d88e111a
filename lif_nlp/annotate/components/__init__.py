"""One spaCy component per question asked of each sentence."""
