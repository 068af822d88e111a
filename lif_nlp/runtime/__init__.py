"""What runs the stages: workers, locks, sessions, manifests and logs."""
