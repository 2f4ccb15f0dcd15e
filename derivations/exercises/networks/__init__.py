"""Networks."""

POSITION = 4
