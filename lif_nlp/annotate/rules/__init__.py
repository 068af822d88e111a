"""Rules as data (TOML), the engine that applies them, and their guards."""
