"""What jobs do: each a single step that may be repeated after any crash, and carries ids only."""
