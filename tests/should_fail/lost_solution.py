"""Sheet 3, Exercise 4: the other root."""

from derivations import Eq, derive, positive_square_root, sqrt, symbols

c = symbols("C")
d = symbols("d", positive=True, integer=True)

scale = (
    derive(Eq(d / c**2, 1))
    .iff(Eq(c**2, d))
    .iff(Eq(c, sqrt(d)), by=positive_square_root)
    .qed(Eq(d / c**2, 1), "⟺", Eq(c, sqrt(d)))
)
