"""Products of densities under an integral: what is left once they are integrated out, one after another."""

from __future__ import annotations

from derivations.records import record
from derivations.terms.arithmetic import Mul, Neg, number
from derivations.terms.conditioning import Density, ProcessVariable, Space
from derivations.terms.integrals import Integral
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

Spaces = dict[Symbol, Space]


@record(frozen=True)
class Averaged:
    """∫ p₁ p₂ ⋯ f, where each density integrates to at most 1, as an average of f.

    rest:    f, with the random variables in place of what was integrated
    left:    symbols that no density is the density of
    alone:   there was one density
    partial: some of its variables are not integrated: a marginal density is left over
    """

    rest: Term
    left: tuple[Symbol, ...]
    alone: bool
    partial: bool


def factors(term: Term) -> list[Term]:
    """What is multiplied, up to the sign."""
    match term:
        case Mul(a, b):
            return factors(a) + factors(b)
        case Neg(a):
            return factors(a)
    return [term]


def product(parts: list[Term]) -> Term:
    total: Term | None = None
    for part in parts:
        total = part if total is None else total * part
    return number(1) if total is None else total


def unnested(body: Term, spaces: Spaces) -> tuple[list[Term], Spaces] | None:
    """The factors of the body, inner integrals opened (|∫ f| ≤ ∫ |f|); None where names clash."""
    parts = factors(body)
    for n, part in enumerate(parts):
        if isinstance(part, Integral):
            if part.variable in spaces or any(part.variable in p.free for m, p in enumerate(parts) if m != n):
                return None
            inner = product([*parts[:n], part.body, *parts[n + 1 :]])
            return unnested(inner, {**spaces, part.variable: part.space})
    return parts, spaces


def averaged(parts: list[Term], spaces: Spaces) -> Averaged | None:
    """Integrate out one density after another; what it integrates must not occur in those that are left."""
    left = set(spaces)
    pending = [p for p in parts if isinstance(p, Density) and of_its_process(p)]
    if len(set(pending)) != len(pending):
        return None
    alone, partial = len(pending) == 1, False
    behind: dict[Term, Term] = {}
    while True:
        ready = next((p for p in pending if _stands_last(p, left, pending, alone)), None)
        if ready is None:
            break
        pending.remove(ready)
        integrated = [(x, y) for x, y in ready.pairs if isinstance(y, Symbol) and y in left]
        partial = partial or len(integrated) < len(ready.pairs)
        behind |= {y: x for x, y in integrated}
        left -= {y for _, y in integrated}
    used = [p for p in parts if isinstance(p, Density) and of_its_process(p) and p not in pending]
    rest = product([p for p in parts if p not in used])
    try:
        return Averaged(rest.substitute(behind), tuple(sorted(left, key=str)), alone, partial)
    except TermError:
        return None


def of_its_process(density: Density) -> bool:
    """π(a | s, θ) with the θ of the process, and not with another one."""
    return not density.parameters or all(
        isinstance(x, ProcessVariable) and x.sequence.parameters == density.parameters for x in density.variables
    )


def _stands_last(density: Density, left: set[Symbol], pending: list[Density], alone: bool) -> bool:
    own = [y for _, y in density.pairs]
    integrated = [y for y in own if y in left]
    if not integrated or len(set(own)) != len(own) or len(integrated) < len(own) and not alone:
        return False
    behind = (*density.given_values, *density.parameters, *(y for y in own if y not in integrated))
    others = [*behind, *(p for p in pending if p is not density)]
    return not any(y in other.free for y in integrated for other in others)
