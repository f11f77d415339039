"""A stand-in for an image server that speaks the A1111 API: for trying a booth out, and for its tests."""
