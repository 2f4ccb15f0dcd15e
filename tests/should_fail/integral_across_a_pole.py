"""A first course, Exercise 9: neither by symmetry nor by its primitive is there an integral across a pole."""

from derivations import Integral, derive, evaluated, symbols, symmetry_of_the_integrand

x, zero = symbols("x"), 0 * symbols("c")

by_symmetry = (
    derive(Integral(1 / x, (x, -1, 1)))
    .eq(zero, by=symmetry_of_the_integrand)
    .qed(Integral(1 / x, (x, -1, 1)), "=", zero)
)
by_its_primitive = (
    derive(Integral(1 / x**2, (x, -1, 1)))
    .eq(evaluated(-1 / x, (x, -1, 1)), by="fundamental-theorem-of-calculus")
    .eq(-2 + zero, by="evaluation-at-the-ends")
    .qed(Integral(1 / x**2, (x, -1, 1)), "=", -2 + zero)
)
