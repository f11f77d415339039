"""The fleet at work: who keeps the roster, who sends leases out, what staff may do."""
