"""The servers that paint, the commissions that wait for them, and who paints what: pure, one aggregate."""
