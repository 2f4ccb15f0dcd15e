"""Written terms: an immutable syntax tree that evaluates nothing.

A term is what its author wrote: `x/x` stays `x/x`, order and grouping stay.
What a term *means* is computed elsewhere, from this tree.

A vocabulary is one file beside this one. Its nodes are immutable records (their
annotations are their fields, as in a dataclass) that have all their faces there:
how they are shown (`show`), what SymPy calls them (`image`, `from_sympy`), what
they are in Python (`source`), what they mean (`normal`, `signs`, `integer`), how
they move (`slope`, `smooth`, `continuous`), where they are defined (`demands`),
what they are worth in a model (`value`, and once more, `second`), how one slips
in them (`slips`). The room that asks hands itself over, so that a word imports
nothing from it. A face that is missing is never guessed: the word is an atom of
unknown sign, has no derivative, and its links stay open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from operator import is_
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

from derivations.records import lazy, once, record
from derivations.terms.foreign import NoTerm, complaint
from derivations.terms.signs import ANY

if TYPE_CHECKING:
    from derivations.terms.printing import Printer
    from derivations.terms.relations import Relation
    from derivations.terms.symbols import Symbol

DEEPEST = 150
"""How deeply terms may be nested: what walks them recursively must not exhaust Python's stack."""

Shape = tuple["Term", ...]
"""() for a number, (d,) for a vector of ℝ^d, (m, n) for a matrix."""


class TermError(ValueError):
    """What was written is no term: the message names the culprit and the remedy."""


@record(frozen=True)
class Scope:
    """What changes when one steps below a binder.

    bound:  names that belong to the binder alone
    gains:  what is known below it (`1 ≤ t`, `t ≤ d_k`)
    near:   variables that move around their point (a derivative): only facts
            that stay true nearby may be used of them
    random: below an expectation, only sure facts may be used
    """

    bound: tuple[Symbol, ...] = ()
    gains: tuple[Relation, ...] = ()
    near: tuple[Term, ...] = ()
    random: bool = False


@dataclass_transform(frozen_default=True, eq_default=False)
class Term:
    """Base of all written terms. Immutable; equal when written alike.

    A subclass is a record of what it annotates. (Python's own dataclasses
    would compile three methods for each of the many kinds of node, and make
    the import ten times slower.)
    """

    __array_ufunc__ = None  # an array of NumPy leaves an operation with a term to the term

    names: ClassVar[tuple[str, ...]] = ()
    """The fields, in order."""

    defaults: ClassVar[tuple[Any, ...]] = ()
    """What the last fields are if they are not given."""

    depth: ClassVar[int] = 1
    """How many levels of nesting it has."""

    level: ClassVar[int] = 100
    """How tightly it binds when printed (see `printing`)."""

    shape: ClassVar[Any] = ()

    # -- structure ---------------------------------------------------------
    def __init_subclass__(cls) -> None:
        own = cls.__dict__.get("__annotations__", {})  # noqa: RUF063  (inspect is slow to import)
        new = [n for n, kind in own.items() if not str(kind).startswith(("ClassVar", "typing.ClassVar"))]
        cls.names = (*cls.names, *(n for n in new if n not in cls.names))
        with_default = list(takewhile(lambda name: hasattr(cls, name), reversed(cls.names)))
        cls.defaults = tuple([getattr(cls, name) for name in reversed(with_default)])
        if "scope" in cls.__dict__:
            cls.scope = once(cls.scope)  # type: ignore[method-assign, assignment]
        cls.__match_args__ = cls.names  # type: ignore[attr-defined, misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self.__dict__
        if named or len(values) != len(self.names):
            missing = len(self.names) - len(values)
            if not named and 0 < missing <= len(self.defaults):
                values += self.defaults[-missing:]
            else:
                values = self._complete(values, named)
        fields.update(zip(self.names, values, strict=True))
        fields["fields"] = values
        depth = 0
        for value in values:
            if isinstance(value, Term):
                if value.depth > depth:
                    depth = value.depth
            elif type(value) is tuple:
                for part in value:
                    if isinstance(part, Term) and part.depth > depth:
                        depth = part.depth
        fields["depth"] = depth = depth + 1
        if depth > DEEPEST:
            raise TermError(
                f"the expression is nested more than {DEEPEST} levels deep: name its parts with definitions, "
                "or write a long sum with Sum(…)"
            )

    def _complete(self, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """All fields, in order: those given, and the defaults of the others."""
        given = {**dict(zip(self.names, values, strict=False)), **named}
        wrong = [n for n in named if n not in self.names[len(values) :]]
        missing = [n for n in self.names if n not in given and not hasattr(type(self), n)]
        if wrong or missing or len(values) > len(self.names):
            raise TypeError(f"{type(self).__name__}({', '.join(self.names)}): wrong arguments {values} {named}")
        return tuple([given[n] if n in given else getattr(type(self), n) for n in self.names])

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied and sent to other processes without what was worked out."""
        return type(self), self.fields

    fields: ClassVar[tuple[Any, ...]]
    """What stands in the fields, in order."""

    @lazy
    def _hash(self) -> int:
        return hash((type(self).__name__, self.fields))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented if not isinstance(other, Term) else False
        assert isinstance(other, Term)
        return self._hash == other._hash and self.fields == other.fields

    @lazy
    def children(self) -> tuple[Term, ...]:
        """The terms one level down, in the order of the fields."""
        found: list[Term] = []
        for value in self.fields:
            if isinstance(value, Term):
                found.append(value)
            elif type(value) is tuple and value and isinstance(value[0], Term):
                found.extend(value)
        return tuple(found)

    @lazy
    def size(self) -> int:
        """How many nodes it is written with."""
        return 1 + sum([child.size for child in self.children])

    def rebuild(self, change: Callable[[Term], Term]) -> Term:
        """The same node with `change` applied to each child; itself if nothing changed."""
        new: list[Any] = []
        changed = False
        for value in self.fields:
            result = value
            if isinstance(value, Term):
                result = change(value)
            elif type(value) is tuple and value and isinstance(value[0], Term):
                result = tuple([change(part) for part in value])
                if all(map(is_, result, value)):
                    result = value
            changed = changed or result is not value
            new.append(result)
        return type(self)(*new) if changed else self

    # -- binding -----------------------------------------------------------
    def scope(self) -> Scope | None:
        """How the inside of this node differs from its outside; None for no binder."""
        return None

    @property
    def inside(self) -> tuple[int, ...]:
        """Positions, among the children, that lie inside the scope."""
        return (0,)

    @lazy
    def free(self) -> frozenset[Symbol]:
        """The symbols that occur free."""
        result: frozenset[Symbol] = frozenset()
        scope = self.scope()
        for position, child in enumerate(self.children):
            if scope and child in scope.bound:
                continue
            names = child.free
            if scope and scope.bound and position in self.inside:
                names = names - frozenset(scope.bound)
            result = result | names if result else names
        if scope and scope.random:  # a law may depend on what is not written
            result = result.union(*(p.free for t in self.walk_set for p in getattr(t, "hidden", ())))
        return result

    def walk(self) -> Iterator[Term]:
        """Every subterm, this one first."""
        yield self
        for child in self.children:
            yield from child.walk()

    @lazy
    def walk_set(self) -> frozenset[Term]:
        """Every subterm, as a set."""
        return frozenset((self,)).union(*(child.walk_set for child in self.children))

    @lazy
    def kinds(self) -> frozenset[type]:
        """The kinds of node that occur in it."""
        return frozenset((type(self),)).union(*[child.kinds for child in self.children])

    def substitute(self, changes: Mapping[Term, Term]) -> Term:
        """Replace terms by terms everywhere, renaming bound names so that none is captured.

        A derivative whose variable is replaced by something else than another
        variable has no written form and raises `TermError`.
        """
        from derivations.terms.substitution import substitute

        return substitute(self, changes)

    # -- its faces, supplied by each vocabulary ---------------------------------
    def show(self, p: Printer) -> str:
        raise NotImplementedError(f"{type(self).__name__} has no printed form")

    @property
    def tail(self) -> Term | None:
        """The operand that its print ends with, at the level of a factor: a long line may be broken inside."""
        return getattr(self, "body", None) if getattr(self, "reaches_right", False) else None

    def image(self, sp: Any) -> Any:
        """The SymPy expression for this node; `sp(child)` gives the image of a child."""
        raise TermError(f"SymPy has no word for {type(self).__name__}")

    SYMPY: ClassVar[str] = ""
    """The name of the SymPy class that `from_sympy` reads."""

    @classmethod
    def from_sympy(cls, expression: Any, read: Callable[[Any], Term]) -> Term:
        """What SymPy's expression means; `read` reads its parts."""
        raise TermError(f"SymPy's `{expression}` has no reading as a term")

    def source(self, file: Any) -> str:
        """The call in Python that writes it; `file.use("name")`, `file.term(child)` give its parts."""
        raise TermError(f"`{self}` has no Python source ({type(self).__name__})")

    def normal(self, ring: Any) -> Any:
        """Its meaning in a ring of normal forms (`algebra.ring`); where nothing is said, an atom."""
        return ring.congruent(self)

    def signs(self, ring: Any) -> int:
        """Its possible signs (`terms.signs`) where it is an atom of a normal form and defined."""
        return ANY

    def integer(self) -> tuple[Term, ...] | None:
        """Conditions under which it is an integer; None where that is not known."""
        return None

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """Its derivative, with conditions that also say that it exists.

        `d(part)` is the derivative of a part, and `d.fixed(part)` the condition that it does not move.
        """
        return iter(())

    def smooth(self, moves: Callable[[Term], bool]) -> tuple[Term, ...] | None:
        """Conditions under which it is differentiable where its parts are; `moves` tells which of them vary."""
        return None

    def continuous(self, moves: Callable[[Term], bool]) -> tuple[Term, ...] | None:
        """Open conditions under which it is defined and continuous nearby where its parts are."""
        return None

    def value(self, model: Any) -> Any:
        """Its worth in a finite model; `model(child)` gives the worth of a child."""
        raise TermError(f"no finite model of {type(self).__name__}")

    def second(self, other: Any) -> Any:
        """Its worth in the second evaluator, calculated in another way than `value` does."""
        return other.unknown(f"no word for {type(self).__name__}")

    def slips(self) -> Iterator[tuple[str, Term]]:
        """What one writes in its place by mistake, each with the kind of the slip ("sign", "bound", …)."""
        return iter(())

    ranges: ClassVar[Any] = ()
    """(variable, low, high) where it binds an integer that runs from `low` to `high`."""

    def check(self) -> None:
        """TermError if its author could not have written it: what is read from a file is held against this."""

    def demands(self) -> Iterator[Term]:
        """Propositions that must hold for this node (not its children) to be defined."""
        return iter(())

    @lazy
    def demanded(self) -> tuple[Term, ...]:
        """What `demands` says, worked out once."""
        return tuple(self.demands())

    # -- the faces of a term ---------------------------------------------------
    @lazy
    def latex(self) -> str:
        from derivations.terms.printing import LATEX

        return LATEX(self)

    @lazy
    def text(self) -> str:
        from derivations.terms.printing import TEXT

        return TEXT(self)

    @property
    def sympy(self) -> Any:
        """The SymPy image of the term (imports SymPy)."""
        from derivations.terms.sympy_image import image

        return image(self)

    def __repr__(self) -> str:
        return self.text

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"

    # -- writing -----------------------------------------------------------------
    def __add__(self, other: Any) -> Term:
        return _write("add", self, other)

    def __radd__(self, other: Any) -> Term:
        return _write("add", other, self)

    def __sub__(self, other: Any) -> Term:
        return _write("subtract", self, other)

    def __rsub__(self, other: Any) -> Term:
        return _write("subtract", other, self)

    def __mul__(self, other: Any) -> Term:
        return _write("multiply", self, other)

    def __rmul__(self, other: Any) -> Term:
        return _write("multiply", other, self)

    def __truediv__(self, other: Any) -> Term:
        return _write("divide", self, other)

    def __rtruediv__(self, other: Any) -> Term:
        return _write("divide", other, self)

    def __pow__(self, other: Any) -> Term:
        return _write("power", self, other)

    def __rpow__(self, other: Any) -> Term:
        return _write("power", other, self)

    def __neg__(self) -> Term:
        from derivations.terms import arithmetic

        return arithmetic.negate(self)

    def __pos__(self) -> Term:
        return self

    def __abs__(self) -> Term:
        from derivations.terms import arithmetic

        return arithmetic.Abs(scalar(self, "abs"))

    def __matmul__(self, other: Any) -> Term:
        from derivations.terms import matrices

        return matrices.matrix_product(self, as_term(other))

    @property
    def T(self) -> Term:
        """The transpose of a matrix; of a vector a row."""
        from derivations.terms import matrices

        return matrices.transpose(self)

    def __getitem__(self, index: Any) -> Term:
        """A component of a vector, `v[i]`, or an entry of a matrix, `M[i, j]`."""
        return _item(self, index)

    def __iter__(self) -> Iterator[Term]:
        raise TypeError(f"`{self}` is a written term and cannot be unpacked")

    def __lt__(self, other: Any) -> Relation:
        return _relate(self, "<", other)

    def __le__(self, other: Any) -> Relation:
        return _relate(self, "<=", other)

    def __gt__(self, other: Any) -> Relation:
        return _relate(self, ">", other)

    def __ge__(self, other: Any) -> Relation:
        return _relate(self, ">=", other)

    def __float__(self) -> float:
        raise TypeError(
            f"`{self}` is a written term, not a number: for functions of it take `exp`, `log`, … "
            "from derivations, not from math; for its worth `.sympy`"
        )

    def __xor__(self, other: Any) -> Term:
        raise TypeError(f"`{self} ^ {other}`: a power is written `**`")


def _write(operation: str, left: Any, right: Any) -> Term:
    from derivations.terms import arithmetic

    try:
        left, right = as_term(left), as_term(right)
    except NoTerm:
        raise
    except TypeError:
        return NotImplemented  # type: ignore[return-value]
    build: Callable[[Term, Term], Term] = getattr(arithmetic, operation)
    return build(left, right)


def _relate(left: Any, sign: str, right: Any) -> Relation:
    from derivations.terms.relations import relation

    return relation(left, sign, right)


def _item(term: Term, index: Any) -> Term:
    from derivations.terms import matrices, vectors

    indices = [as_term(i) for i in (index if isinstance(index, tuple) else (index,))]
    for i in indices:
        if i.shape != ():
            raise TermError(f"`{i}` is no index")
    if term.shape is not None and len(term.shape) == len(indices) == 1:
        return vectors.Component(term, indices[0])
    if term.shape is not None and len(term.shape) == len(indices) == 2:
        return matrices.MatrixEntry(term, indices[0], indices[1])
    raise TermError(f"`{term}` is {shape_name(term.shape)}; it has no entry with {len(indices)} index(es)")


def open_terms(term: Term) -> Iterator[Term]:
    """The subterms that stand below no binder, the term itself first."""
    yield term
    if term.scope() is None:
        for child in term.children:
            yield from open_terms(child)


def as_term(thing: Any) -> Term:
    """Read numbers and SymPy expressions as terms.

    Integers, fractions and decimals are exact; a float is read as the decimal it
    prints as (0.1 is 1/10). Raises TermError for nan and infinities, TypeError for
    anything that is no mathematical object.
    """
    if isinstance(thing, Term):
        return thing
    from derivations.terms import arithmetic

    if isinstance(thing, (int, Fraction, float, Decimal)) and not isinstance(thing, bool):
        return arithmetic.number(thing)
    if any(str(kind.__module__).split(".")[0] == "sympy" for kind in type(thing).__mro__):
        from derivations.terms.sympy_image import from_sympy

        return from_sympy(thing)
    if hasattr(thing, "__as_term__"):
        term: Term = thing.__as_term__()
        return term
    if type(thing).__module__ == "numpy" and getattr(thing, "ndim", None) == 0:
        return as_term(thing.item())  # a number of NumPy
    raise complaint(thing)


def scalar(thing: Any, where: str) -> Term:
    """`thing` as a term that is a number; TermError names `where` if it is not."""
    term = as_term(thing)
    if term.shape != ():
        raise TermError(f"{where} needs a number, but `{term}` is {shape_name(term.shape)}")
    return term


class _Row(Term):
    """What stands for the number of rows of a transposed vector: vᵀ is no 1 × n matrix."""

    def show(self, p: Printer) -> str:
        return p.number("1")

    def image(self, sp: Any) -> Any:
        return sp.sympy.Integer(1)

    def value(self, model: Any) -> Any:
        return Fraction(1)


ROW = _Row()


def shape_name(shape: Any) -> str:
    if shape is None:
        return "no quantity"
    if shape == ():
        return "a number"
    if len(shape) == 1:
        return f"a vector of length {shape[0]}"
    if shape[0] == ROW:
        return f"a row of length {shape[1]}"
    return f"a {shape[0]} × {shape[1]} matrix"


def same_shape(left: Term, right: Term, sign: str) -> Any:
    """The common shape of the two sides of `left sign right`; TermError if they differ."""
    if left.shape == right.shape and left.shape is not None:
        return left.shape
    where = f"`{left} {sign} {right}`"
    if left.shape is None or right.shape is None:
        culprit = left if left.shape is None else right
        raise TermError(f"`{culprit}` is no quantity, so it cannot stand in {where}")
    raise TermError(
        f"mismatched shapes in {where}: `{left}` is {shape_name(left.shape)}, `{right}` is {shape_name(right.shape)}"
    )
