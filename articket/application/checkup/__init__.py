"""What an organiser wants to know before the doors open: each check says what it found and what to do."""
