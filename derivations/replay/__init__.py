"""Certificates that can be written out, and checked again by a reader that does not search."""
