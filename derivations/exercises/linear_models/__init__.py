"""Linear models."""

POSITION = 3
