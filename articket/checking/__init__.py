"""`articket check`: everything an organiser should know before doors open."""
