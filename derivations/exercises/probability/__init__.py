"""Probability."""

POSITION = 5
