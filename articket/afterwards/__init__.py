"""After the event: `articket report`, `export`, `reset` and `erasure`."""
