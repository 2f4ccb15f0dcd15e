"""Expectation, variance and covariance, and the laws one may declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from derivations.records import once
from derivations.terms.arithmetic import Infinity, is_literal, literal
from derivations.terms.families import Entry, Family
from derivations.terms.relations import Proposition, Relation, relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Scope, Term, TermError, as_term, scalar

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Expectation(Term):
    """E[body]; defined when body is integrable."""

    body: Term

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.body.shape

    def scope(self) -> Scope:
        return Scope(random=True)

    def show(self, p: Printer) -> str:
        return p.operator("E", (self.body,))

    def image(self, sp: Any) -> Any:
        return sp.moment("E", self.body)

    def value(self, model: Any) -> Any:
        return model.expectation(self.body)

    def demands(self) -> Iterator[Term]:
        yield Integrable(self.body, 1)


class Variance(Term):
    """Var(body) = E[(body − E body)²]; defined when body² is integrable."""

    body: Term

    def scope(self) -> Scope:
        return Scope(random=True)

    def show(self, p: Printer) -> str:
        return p.operator("Var", (self.body,))

    def image(self, sp: Any) -> Any:
        return sp.moment("Var", self.body)

    def value(self, model: Any) -> Any:
        return model.covariance(self.body, self.body)

    def demands(self) -> Iterator[Term]:
        yield Integrable(self.body, 2)


class Covariance(Term):
    """Cov(left, right) = E[left right] − E[left] E[right]."""

    left: Term
    right: Term

    def scope(self) -> Scope:
        return Scope(random=True)

    @property
    def inside(self) -> tuple[int, ...]:
        return (0, 1)

    def show(self, p: Printer) -> str:
        return p.operator("Cov", (self.left, self.right))

    def image(self, sp: Any) -> Any:
        return sp.moment("Cov", self.left, self.right)

    def value(self, model: Any) -> Any:
        return model.covariance(self.left, self.right)

    def demands(self) -> Iterator[Term]:
        yield Integrable(self.left, 2)
        yield Integrable(self.right, 2)


class Integrable(Proposition):
    """E|body|^order < ∞."""

    body: Term
    order: int

    def scope(self) -> Scope:
        return Scope(random=True)

    def show(self, p: Printer) -> str:
        return p(self.body) + p.words(" has a finite mean" if self.order == 1 else " has a finite variance")


class Deterministic(Proposition):
    """term is not random."""

    term: Term

    def show(self, p: Printer) -> str:
        return p(self.term) + p.words(" is not random")


class AreIndependent(Proposition):
    """left and right are independent."""

    left: Term
    right: Term

    def show(self, p: Printer) -> str:
        return f"{p(self.left)}{p.words(' and ')}{p(self.right)}{p.words(' are independent')}"


class IndependentTerms(Proposition):
    """The values of body at different indices are mutually independent."""

    body: Term
    index: Symbol

    def scope(self) -> Scope:
        return Scope(bound=(self.index,))

    def show(self, p: Printer) -> str:
        return f"{p(self.body)}{p.words(' are independent for different ')}{p(self.index)}"


class MeanIs(Proposition):
    """E[body] = mean."""

    body: Term
    mean: Term

    def show(self, p: Printer) -> str:
        return f"{p(Expectation(self.body))} {p.sign('=')} {p(self.mean)}"


def E(x: Any, *, given: Any = ()) -> Term:
    """The expectation of x; `E(G[t], given=[s[t], a[t]])` is E[G_t | s_t, a_t].

    What is given: realisations `s[t]`, equations `Eq(S[t], x)`, or random
    variables `S[t]`, and then the expectation is a random variable too.
    """
    term = as_term(x)
    if term.shape is None:
        raise TermError(f"`{term}` is no quantity and has no expectation")
    if isinstance(given, (tuple, list)) and not given:
        return Expectation(term)
    from derivations.terms.conditioning import ConditionalExpectation, conditional

    return conditional(ConditionalExpectation, term, given)


def Var(x: Any, *, given: Any = ()) -> Term:
    """The variance of x, or its conditional variance (see `E`)."""
    term = scalar(x, "Var")
    if isinstance(given, (tuple, list)) and not given:
        return Variance(term)
    from derivations.terms.conditioning import ConditionalVariance, conditional

    return conditional(ConditionalVariance, term, given)


def Cov(x: Any, y: Any) -> Term:
    """The covariance of x and y."""
    return Covariance(scalar(x, "Cov"), scalar(y, "Cov"))


class Law(Proposition):
    """The members of some random families have this mean and a finite variance.

    kind:        "gaussian", or "moments" when only mean and variance are known
    mean, variance: None where unspecified
    indices:     symbols for the indices, where mean or variance depend on them
    independent: all members of all the families are mutually independent
    """

    families: tuple[Family, ...]
    kind: str
    mean: Term | None
    variance: Term | None
    indices: tuple[Symbol, ...] = ()
    independent: bool = False

    def show(self, p: Printer) -> str:
        moments = [m for m in (self.mean, self.variance) if m is not None]
        taken = frozenset().union(*(m.free for m in moments))
        names = ", ".join(p(_member(f, self.indices, taken)) for f in self.families)
        standard = self.kind == "gaussian" and self.mean == as_term(0) and self.variance == as_term(1)
        words = " independent" if self.independent else ""
        if standard:
            return names + p.words(f"{words} standard Gaussian")
        kind = " Gaussian" if self.kind == "gaussian" else ""
        text = names + p.words(f"{words}{kind}")
        if self.mean is not None and self.variance is not None:
            return text + p.words(" with mean ") + p(self.mean) + p.words(" and variance ") + p(self.variance)
        return text + p.words(" with finite variance")


def implied(laws: Sequence[Law]) -> Iterator[tuple[Relation, Law]]:
    """What laws say of numbers: no variance is below 0, and two laws of one family have the same moments.

    Of families with members: a law of none says nothing.
    """
    peopled = [law for law in laws if all(map(_has_members, law.families))]
    for number, law in enumerate(peopled):
        if law.variance is not None and law.variance.free:
            yield relation(law.variance, ">=", 0), law
        for other in peopled[:number]:
            if law.indices or other.indices or set(law.families).isdisjoint(other.families):
                continue
            for one, same in ((law.mean, other.mean), (law.variance, other.variance)):
                if one is not None and same is not None and one != same:
                    yield relation(one, "=", same), law


def _has_members(family: Family) -> bool:
    """Every size is a number ≥ 1, ∞, or was declared so."""
    return all(isinstance(size, Infinity) or _is_positive(size) for size in family.sizes)


def _is_positive(size: Term) -> bool:
    if is_literal(size):
        return literal(size) >= 1
    low = size.domain.lower if isinstance(size, Symbol) and size.domain.kind == "integer" else None
    return low is not None and is_literal(low) and literal(low) >= 1


class Independent(Proposition):
    """The members of these random families are mutually independent."""

    families: tuple[Family, ...]

    def show(self, p: Printer) -> str:
        return ", ".join(p(_member(f, ())) for f in self.families) + p.words(" independent")


def _moment(thing: Any, where: str) -> Term:
    """A mean or a variance is a number, not a random variable; a variance is not negative."""
    term = scalar(thing, where)
    culprit = min(random_members(term), key=str, default=None)
    if culprit is not None:
        raise TermError(f"{where} is a number, but `{culprit}` is random")
    if where == "a variance" and is_literal(term) and literal(term) < 0:
        raise TermError(f"a variance is not negative, but `{term}` is")
    return term


_LETTERS = "itsmnjklpquvw"


def _member(family: Family, indices: tuple[Symbol, ...], taken: frozenset[Symbol] = frozenset()) -> Term:
    """Any member: X_i, where i names nothing that stands beside it."""
    if not indices:
        free = (letter for letter in _LETTERS if letter not in {symbol.name for symbol in taken})
        indices = tuple(Symbol(next(free)) for _ in family.sizes)
    return Entry(family, indices)


def _families(things: tuple[Any, ...], where: str) -> tuple[Family, ...]:
    found = []
    for thing in things:
        if isinstance(thing, Entry) and thing.indices and where != "law":
            raise TermError(_of_one_member(thing, where))
        family = thing.family if isinstance(thing, Entry) else thing
        if not isinstance(family, Family):
            raise TermError(f"{where} needs random families or random variables, not `{thing}`")
        if not family.random:
            raise TermError(
                f"{where}: `{family.name}` was declared as numbers; declare it with random_family or random_variable"
            )
        found.append(family)
    if not found:
        raise TermError(f"{where} needs at least one random family")
    if len(set(found)) != len(found):
        raise TermError(f"{where} names a family twice")
    return tuple(found)


def _of_one_member(member: Entry, where: str) -> str:
    name = member.family.name
    return (
        f"{where}: `{member}` is one member of {name}, of which this cannot be said by itself: "
        f"name the family, {where}({name}, …), and all of its members are meant; "
        f"or declare a random_variable of its own"
    )


def standard_gaussians(*families: Any) -> Law:
    """Hypothesis: all members of these families are independent standard Gaussians."""
    return Law(_families(families, "standard_gaussians"), "gaussian", as_term(0), as_term(1), (), True)


def gaussians(*families: Any, mean: Any, variance: Any) -> Law:
    """Hypothesis: all members are independent Gaussians with this mean and variance."""
    return Law(
        _families(families, "gaussians"), "gaussian", _moment(mean, "a mean"), _moment(variance, "a variance"), (), True
    )


def iid(*families: Any, mean: Any, variance: Any) -> Law:
    """Hypothesis: all members are independent, each with this mean and this finite variance."""
    return Law(
        _families(families, "iid"), "moments", _moment(mean, "a mean"), _moment(variance, "a variance"), (), True
    )


def law(member: Any, *, mean: Any, variance: Any) -> Law:
    """Hypothesis: a random variable, or each member `X[t]` of a family, has this mean and finite variance.

    A letter as the index stands for all of them, whatever else it may be: a
    number, or what is no letter, would be one member, and is refused. Nothing
    is said about independence: add `independent(X, Y)`. Mean and variance may
    depend on the indices: `law(X[t], mean=mu[t], variance=1)`.
    """
    term = as_term(member)
    if not isinstance(term, Entry):
        raise TermError(f"law() needs a random variable or a member of a random family, not `{term}`")
    families = _families((term,), "law")
    indices = []
    for index in term.indices:
        if not isinstance(index, Symbol) or index in indices:
            raise TermError(
                f"law(): the index `{index}` of `{term}` must be a letter of its own, which stands for every index: "
                "a law speaks of all members; declare a random_variable where it is to hold of one"
            )
        _check_runs_over_all(index, term)
        indices.append(index)
    return Law(families, "moments", _moment(mean, "a mean"), _moment(variance, "a variance"), tuple(indices))


def _check_runs_over_all(index: Symbol, member: Entry) -> None:
    """A law speaks of every member: its index may be confined to the range of the family, and no further."""
    domain, size = index.domain, member.family.sizes[member.indices.index(index)]
    first = domain.lower is None or is_literal(domain.lower) and literal(domain.lower) <= 1
    last = domain.upper is None or domain.upper == size
    if domain.kind not in ("real", "integer") or not first or not last:
        raise TermError(
            f"law(): `{index}` does not run over all members of {member.family.name}: declare it integer=True"
        )


def check_law(
    families: Sequence[Family], kind: str, mean: Term | None, variance: Term | None, indices: Sequence[Symbol]
) -> None:
    """What the functions that make a law ask for. Raises TermError."""
    if kind not in ("gaussian", "moments") or (mean is None) != (variance is None):
        raise TermError(f"there is no law `{kind}`")
    if not families or len(set(families)) != len(families) or not all(family.random for family in families):
        raise TermError("a law speaks of random families, each named once")
    for moment, where in ((mean, "a mean"), (variance, "a variance")):
        if moment is not None:
            _moment(moment, where)
    if indices:
        if any(len(family.sizes) != len(indices) for family in families):
            raise TermError("a law has an index for each of its families' own")
        law(Entry(families[0], tuple(indices)), mean=mean, variance=variance)


def finite_variance(*families: Any) -> Law:
    """Hypothesis: these random variables have finite mean and variance, whatever they are."""
    return Law(_families(families, "finite_variance"), "moments", None, None)


def independent(*families: Any) -> Independent:
    """Hypothesis: all these random variables, and all members of these families, are mutually independent."""
    return Independent(_families(families, "independent"))


@once
def random_members(term: Term) -> frozenset[Term]:
    """The random atoms of a term: members and rows of random families, variables of processes.

    Of what is conditional, only the values count: the rest is averaged out.
    """
    own = (term,) if getattr(getattr(term, "family", term), "random", False) else ()
    return frozenset(own).union(*[random_members(child) for child in averaged_out(term)])


@once
def averaged_out(term: Term) -> tuple[Term, ...]:
    """The children, but those that a conditional expectation or a density averages over."""
    if not getattr(term, "conditions", False):
        return term.children
    return tuple(child for position, child in enumerate(term.children) if position not in term.inside)
