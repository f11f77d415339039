"""The report of an event as one page that needs nothing beside it."""
