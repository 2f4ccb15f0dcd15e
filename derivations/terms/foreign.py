"""Things that people write where a term is wanted, and what is said of them; terms that are too large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from derivations.terms.term import Term

Written = TypeVar("Written", bound="Term")
LARGEST = 10_000
"""How many nodes a line may have: more are neither checked nor shown within a few seconds."""


def checkable(term: Written) -> Written:
    """The term; TermError if it is too large to be checked, or even shown."""
    if term.size > LARGEST:
        from derivations.terms.term import TermError

        parts = term.size if term.size < 10**9 else "more than a billion"
        raise TermError(
            f"this line has {parts} parts, and {LARGEST} at most are checked: "
            "name its parts with definitions, or write a long sum with Sum(…)"
        )
    return term


class NoTerm(TypeError):
    """A thing of another kind, such as a text, stands where a term is wanted."""


def complaint(thing: Any) -> TypeError:
    """What is wrong with a thing that is no term; NoTerm where it is known what was meant."""
    remedy = _remedy(thing)
    if remedy:
        return NoTerm(f"`{_short(thing)}` is {remedy}")
    return TypeError(f"`{_short(thing)}` ({type(thing).__name__}) is no mathematical term")


def _remedy(thing: Any) -> str:
    """What such a thing is, and what to write for it; "" for anything else."""
    if isinstance(thing, bool):
        return "a truth value, not a number: write 1 or 0, and Eq(x, y) for x = y"
    if isinstance(thing, str):
        return 'text, not a term: declare its symbols, such as x = symbols("x"), and write the term with them'
    if thing is None:
        return "nothing, not a term: where it comes from, something is not returned"
    if isinstance(thing, complex):
        return "complex: every number here is real"
    if isinstance(thing, (list, tuple)) or type(thing).__module__ == "numpy":
        return 'no term: declare a vector, v = vector("v", 3), or a family, v = family("v", 3) with members v[1]'
    if type(thing).__name__ == "Function":
        return "a function, not a value of it: give it arguments"
    if type(thing).__name__ == "Family":
        return "a whole family, not a member of it: give it indices"
    return ""


def _short(thing: Any) -> str:
    """How a thing is shown in a message."""
    name = getattr(thing, "name", None)
    shown = name if isinstance(name, str) else repr(thing)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


__all__ = ["LARGEST", "NoTerm", "checkable", "complaint"]
