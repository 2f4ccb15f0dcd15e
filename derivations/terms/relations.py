"""Relations between two sides, and how they compose.

A relation is kept as its two sides: `x + t = t + x` is a statement, not True.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

SIGNS = {
    "=": ("=", "="),
    "!=": (r"\neq", "≠"),
    "<": ("<", "<"),
    "<=": (r"\leq", "≤"),
    ">": (">", ">"),
    ">=": (r"\geq", "≥"),
    "~": (r"\sim", "~"),
    "->": (r"\to", "→"),
    "<=>": (r"\iff", "⟺"),
    "=>": (r"\implies", "⟹"),
}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The same order, said from the other side."""
_ALIASES = {"==": "=", "≠": "!=", "≤": "<=", "≥": ">=", "→": "->", "⟺": "<=>", "iff": "<=>", "⟹": "=>", "implies": "=>"}


def sign_of(sign: str) -> str:
    """The plain spelling of a relation sign; TermError for an unknown one."""
    plain = _ALIASES.get(sign, sign)
    if plain not in SIGNS:
        raise TermError(f"unknown relation {sign!r}; known are {' '.join(s for _, s in SIGNS.values())}")
    return plain


class Relation(Term):
    """`lhs sign rhs`, a proposition. `~` and `→` carry their variable and point."""

    lhs: Term
    sign: str
    rhs: Term
    variable: Term | None = None
    point: Term | None = None

    shape = None
    level = 0

    def show(self, p: Printer) -> str:
        body = f"{p(self.lhs, 1)} {p.sign(self.sign)} {p(self.rhs, 1)}"
        if self.variable is None or self.point is None:
            return body
        return f"{body}{p.as_tends(self.variable, self.point)}"

    def image(self, sp: Any) -> Any:
        return sp.relation(self)

    def __bool__(self) -> bool:
        raise TypeError(
            f"`{self}` is a statement, not a truth value; "
            "write a chained comparison as two relations, and compare terms with `==`"
        )

    @property
    def turned(self) -> Relation:
        """a ≤ b, said as b ≥ a; of an equation, b = a."""
        return Relation(self.rhs, TURNED.get(self.sign, self.sign), self.lhs)

    @property
    def negation(self) -> Relation:
        """The opposite statement; only for `= ≠ < ≤ > ≥`."""
        opposite = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
        return Relation(self.lhs, opposite[self.sign], self.rhs)


def relation(lhs: Any, sign: str, rhs: Any) -> Relation:
    """Write `lhs sign rhs`; TermError if the sides cannot be related."""
    left, right, plain = as_term(lhs), as_term(rhs), sign_of(sign)
    from derivations.terms.statements import is_statement

    if plain in ("<=>", "=>"):
        if not (is_statement(left) and is_statement(right)):
            raise TermError(f"{SIGNS[plain][1]} stands between two statements, such as Eq(C**2, d)")
        return Relation(left, plain, right)
    if is_statement(left) or is_statement(right):
        raise TermError(f"`{plain}` stands between two quantities; between statements write ⟺ with .iff(…)")
    if plain in ("=", "!="):
        if left.shape != right.shape:
            from derivations.terms.term import same_shape

            same_shape(left, right, plain)
    elif left.shape != () or right.shape != ():
        culprit = left if left.shape != () else right
        raise TermError(f"`{culprit}` is not a number, so `{plain}` does not apply to it")
    return Relation(left, plain, right)


def Eq(lhs: Any, rhs: Any) -> Relation:
    """The statement lhs = rhs (never evaluated)."""
    return relation(lhs, "=", rhs)


def Ne(lhs: Any, rhs: Any) -> Relation:
    """The statement lhs ≠ rhs (never evaluated)."""
    return relation(lhs, "!=", rhs)


class Proposition(Term):
    """Base of statements that are no relation, such as independence."""

    shape = None
    level = 0


class Among(Proposition):
    """term is one of the values."""

    term: Term
    values: tuple[Term, ...]

    def show(self, p: Printer) -> str:
        return f"{p(self.term)}{p.words(' is one of ')}{', '.join(p(v) for v in self.values)}"


class IsInteger(Proposition):
    """term is an integer."""

    term: Term

    def show(self, p: Printer) -> str:
        return p(self.term) + p.words(" is an integer")
