"""A second evaluator, which looks at a model on its own.

It takes from a model what was *chosen* there (numbers for symbols, members and
functions, the drivers of random variables) and nothing that was worked out. It
shares no arithmetic with the first evaluator and uses no node's `value`: it
calculates with fractions and 60 digits of mpmath, differentiates by finite
differences, averages Gaussians by quadrature, and follows a limit along large
numbers. That encloses nothing; it is another pair of eyes. A witness is
reported only where both agree.
"""
