"""Indexed families q_{i,t}: of plain numbers, or of random variables.

What a family is (numbers, or random) is said where it is declared; how its
members are distributed is a hypothesis (see `probability`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.records import record
from derivations.terms.arithmetic import Infinity
from derivations.terms.relations import IsInteger, relation
from derivations.terms.symbols import checked_name
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


@record(frozen=True)
class Family:
    """A family with one size per index; `q[i, t]` is a member, `q[i]` a row of it."""

    name: str
    sizes: tuple[Term, ...]
    random: bool = False

    def __repr__(self) -> str:
        return f"{self.name}[{', '.join('…' for _ in self.sizes)}]"

    def __getitem__(self, index: Any) -> Term:
        indices = tuple(as_term(i) for i in (index if isinstance(index, tuple) else (index,)))
        for i in indices:
            if i.shape != ():
                raise TermError(f"`{i}` is no index of the family {self.name}")
        if len(indices) == len(self.sizes):
            return Entry(self, indices)
        if len(indices) == len(self.sizes) - 1 and indices:
            return Row(self, indices)
        raise TermError(f"the family {self.name} has {len(self.sizes)} indices, {len(indices)} were given")


def _range(indices: tuple[Term, ...], sizes: tuple[Term, ...]) -> Iterator[Term]:
    for index, size in zip(indices, sizes, strict=False):
        yield IsInteger(index)
        yield relation(index, ">=", 1)
        if not isinstance(size, Infinity):
            yield relation(index, "<=", size)


class Entry(Term):
    """family_{indices}; defined while each index is in range."""

    family: Family
    indices: tuple[Term, ...]

    def show(self, p: Printer) -> str:
        name = p.name(self.family.name)
        return p.subscript(name, self.indices) if self.indices else name

    def image(self, sp: Any) -> Any:
        return sp.entry(self)

    def value(self, model: Any) -> Any:
        return model.entry(self.family, tuple(model(i) for i in self.indices))

    def demands(self) -> Iterator[Term]:
        return _range(self.indices, self.family.sizes)


class Row(Term):
    """The vector (family_{indices,1}, …, family_{indices,n}), printed bold."""

    family: Family
    indices: tuple[Term, ...]

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.family.sizes[-1],)

    def show(self, p: Printer) -> str:
        return p.subscript(p.name(self.family.name, bold=True), self.indices)

    def image(self, sp: Any) -> Any:
        return sp.row(self)

    def value(self, model: Any) -> Any:
        return model.row(self.family, tuple(model(i) for i in self.indices), model(self.family.sizes[-1]))

    def demands(self) -> Iterator[Term]:
        return _range(self.indices, self.family.sizes[:-1])


def family(name: str, *sizes: Any) -> Family:
    """An indexed family of real numbers: `c = family("c", n)`, `c[t]`.

    `sizes` are the upper ends of the index ranges, which all start at 1;
    write `oo` for an infinite one. `q = family("q", m, n)` has members
    `q[i, t]` and rows `q[i]`, vectors of ℝ^n.
    """
    return Family(checked_name(name, "a family"), _sizes(name, sizes), False)


def random_family(name: str, *sizes: Any) -> Family:
    """An indexed family of random variables. Its law is a hypothesis: see `iid`, `standard_gaussians`."""
    return Family(checked_name(name, "a family"), _sizes(name, sizes), True)


def random_variable(name: str) -> Term:
    """One real random variable. Its law is a hypothesis: see `law`, `finite_variance`."""
    return Entry(Family(checked_name(name, "a random variable"), (), True), ())


def _sizes(name: str, sizes: tuple[Any, ...]) -> tuple[Term, ...]:
    if not sizes:
        raise TermError(f'family("{name}", …) needs the size of each index')
    return tuple(as_term(size) for size in sizes)
