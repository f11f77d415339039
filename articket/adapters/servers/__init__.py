"""Rented image servers: how they are found, told what to paint, and believed only after a look."""
