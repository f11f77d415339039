"""What an event looks like afterwards, in numbers that name nobody."""
