"""Statements joined by `or` and `and`: the solutions of an equation, the equations of a system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.terms.relations import Proposition, Relation
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Compound(Proposition):
    """Several statements as one."""

    parts: tuple[Term, ...]

    word = ""
    latex_word = ""

    def show(self, p: Printer) -> str:
        shown = [p(part, 1) if isinstance(part, Compound) else p(part) for part in self.parts]
        return p.words(f" {self.word} ").join(shown)

    def holds(self, model: Any) -> bool | None:
        """In a model, by the truth of its parts; None where that is not certain."""
        raise NotImplementedError


class Disjunction(Compound):
    """One of the statements holds, or several."""

    word = "or"

    def holds(self, model: Any) -> bool | None:
        """In a model, by the truth of its parts; None where that is not certain."""
        found = [model.truth(part) for part in self.parts]
        return True if True in found else None if None in found else False

    def image(self, sp: Any) -> Any:
        return sp.sympy.Or(*map(sp, self.parts))


class Conjunction(Compound):
    """All of the statements hold."""

    word = "and"

    def holds(self, model: Any) -> bool | None:
        """In a model, by the truth of its parts; None where that is not certain."""
        found = [model.truth(part) for part in self.parts]
        return False if False in found else None if None in found else True

    def image(self, sp: Any) -> Any:
        return sp.sympy.And(*map(sp, self.parts))


def is_statement(term: Term) -> bool:
    """A relation, or several joined by `or` and `and`."""
    return isinstance(term, (Relation, Compound))


def _joined(kind: type[Compound], name: str, parts: tuple[Any, ...]) -> Term:
    made = tuple(as_term(part) for part in parts)
    if len(made) < 2:
        raise TermError(f"{name}(…) joins two statements or more")
    for part in made:
        if not is_statement(part) or isinstance(part, Relation) and part.sign in ("~", "->", "<=>", "=>"):
            raise TermError(f"{name}(…) joins equations and inequalities; `{part}` is neither")
    return kind(made)


def Or(*parts: Any) -> Term:
    """`x = 0 or x = 2`: `Or(Eq(x, 0), Eq(x, 2))`. Raises TermError for what is no equation and no inequality."""
    return _joined(Disjunction, "Or", parts)


def And(*parts: Any) -> Term:
    """`x = 2 and y = 1`: `And(Eq(x, 2), Eq(y, 1))`. Raises TermError for what is no equation and no inequality."""
    return _joined(Conjunction, "And", parts)


__all__ = ["And", "Compound", "Conjunction", "Disjunction", "Or", "is_statement"]
