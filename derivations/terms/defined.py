"""`defined`: that everything written is defined, said once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.terms.relations import Proposition
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Defined(Proposition):
    """Everything written is defined.

    No denominator is 0, logarithms and roots are taken of what they may be
    taken of, series, means, limits and derivatives that are written exist,
    indices are in their range. Of what nobody wrote it says nothing.
    """

    def show(self, p: Printer) -> str:
        return p.words("everything written is defined")


class IsDefined(Proposition):
    """The term is defined."""

    term: Term

    def show(self, p: Printer) -> str:
        return p(self.term) + p.words(" is defined")

    def value(self, model: Any) -> Any:
        model(self.term)
        return True


defined = Defined()
"""The hypothesis, as it is given: `derive(…, given=[defined])`."""

__all__ = ["Defined", "IsDefined", "defined"]
