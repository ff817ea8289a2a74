"""Read-only pages over the database, and their JSON twins."""
