"""Estimation."""

POSITION = 6
