"""Attention."""

POSITION = 2
