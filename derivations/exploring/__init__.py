"""Exploring a derivation: what could come next, why it holds, how it looks, how it is kept.

Front ends only: what is computed here is judged by the kernel like anybody's claim.
"""
