"""The corridor: one file per stage, the only place where a room meets the store."""
