"""Written terms as Python expressions that read back to the same terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derivations.exploring.processes_as_python import WRITERS as OF_PROCESSES
from derivations.terms.arithmetic import (
    Add,
    Constant,
    Div,
    Infinity,
    MinusInfinity,
    Mul,
    Neg,
    Number,
    Pow,
    Sub,
    is_literal,
)
from derivations.terms.calculus import Derivative, Limit, LimitAlong
from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated
from derivations.terms.events import ConditionalProbability, Probability
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply
from derivations.terms.jacobians import Jacobian
from derivations.terms.linear_algebra import (
    Determinant,
    Diagonal,
    DiagonalOf,
    Hadamard,
    Identity,
    Inverse,
    Kronecker,
    MatrixPower,
    Norm,
    Ones,
    Trace,
    UnitVector,
    Zeros,
)
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixProduct, Softmax, Transpose
from derivations.terms.matrix_properties import (
    FullColumnRank,
    Idempotent,
    Invertible,
    Orthogonal,
    PermutationMatrix,
    PositiveDefinite,
    PositiveSemidefinite,
    Symmetric,
)
from derivations.terms.probability import Covariance, Expectation, Variance
from derivations.terms.relations import Relation
from derivations.terms.special import BetaFunction, GammaFunction
from derivations.terms.sums import Delta, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import Component, Dot

if TYPE_CHECKING:
    from derivations.exploring.python_source import _File

COMPARE, ADD, MUL, NEG, POW, ATOM = 0, 10, 20, 30, 40, 50
"""How tightly Python's operators bind."""

_SIMPLE = re.compile(r"-?[\w.]+")
"""What stands close to the sign of a power."""

Writer = Callable[["_File", Any], "tuple[str, int]"]


def term_source(file: _File, term: Any, level: int = 0) -> str:
    """The expression, in brackets where it binds looser than `level`. Raises TermError for what it has no word for."""
    if type(term) in OF_PROCESSES:
        return OF_PROCESSES[type(term)](file, term)
    for kind in type(term).__mro__:
        if kind in _WRITERS:
            body, binds = _WRITERS[kind](file, term)
            return f"({body})" if binds < level else body
    return str(term.source(file))


def _number(file: _File, term: Number) -> tuple[str, int]:
    if term.written:
        return term.written, ADD if term.number < 0 else ATOM
    if term.number.denominator == 1:
        return str(term.number.numerator), ADD if term.number < 0 else ATOM
    return f"{file.use('Fraction')}({term.number.numerator}, {term.number.denominator})", ATOM


def _binary(operator: str, binds: int, right: int) -> Writer:
    def write(file: _File, term: Any) -> tuple[str, int]:
        left, other = (term.base, term.exponent) if isinstance(term, Pow) else (term.left, term.right)
        first = file.term(left, POW + 1 if operator == "**" else binds)
        if _is_python(left) and _is_python(other):  # Python would calculate it
            first = f"{file.use('as_term')}({file.term(left)})"
        second = file.term(other, right)
        if operator == "**" and not (_SIMPLE.fullmatch(first) and _SIMPLE.fullmatch(second)):
            return f"{first} ** {second}", binds
        return f"{first}{operator}{second}", binds

    return write


def _is_python(term: Term) -> bool:
    """Written by digits alone, so that it is a Python number and no term."""
    return is_literal(term) and not isinstance(term, (Add, Sub, Mul, Div))


def _negative(file: _File, term: Neg) -> tuple[str, int]:
    body, first = file.term(term.operand, MUL), term.operand
    while isinstance(first, (Mul, Div)):
        first = first.left
    power = file.term(first) if isinstance(first, Pow) else ""
    if power and body.startswith(power):  # −x² is not (−x)², as everybody knows; all the same
        body = f"({power}){body[len(power) :]}"
    return f"-{body}", ADD


def _call(name: str) -> Writer:
    return lambda file, term: (f"{file.use(name)}({', '.join(file.term(child) for child in term.children)})", ATOM)


def _sum(file: _File, term: Sum) -> tuple[str, int]:
    bounds = ", ".join(file.term(part) for part in (term.variable, term.low, term.high))
    return f"{file.use('Sum')}({file.term(term.body)}, ({bounds}))", ATOM


def _between(name: str) -> Writer:
    def write(file: _File, term: Any) -> tuple[str, int]:
        bounds = ", ".join(file.term(part) for part in (term.variable, term.low, term.high))
        return f"{file.use(name)}({file.term(term.body)}, ({bounds}))", ATOM

    return write


def _derivative(file: _File, term: Derivative) -> tuple[str, int]:
    name = "grad" if term.variable.shape else "diff"
    return f"{file.use(name)}({file.term(term.body)}, {file.term(term.variable)})", ATOM


def _limit(file: _File, term: Limit) -> tuple[str, int]:
    return f"{file.use('limit')}({', '.join(map(file.term, (term.body, term.variable, term.point)))})", ATOM


def _limit_along(file: _File, term: LimitAlong) -> tuple[str, int]:
    along = file.definition_of(term.symbol, term.quantity)
    return f"{file.use('limit')}({file.term(term.body)}, {along}, {file.term(term.point)})", ATOM


def _indexed(file: _File, base: str, indices: tuple[Term, ...]) -> tuple[str, int]:
    return (f"{base}[{', '.join(map(file.term, indices))}]" if indices else base), ATOM


def _relation(file: _File, term: Relation) -> tuple[str, int]:
    if term.sign in ("=", "!="):
        return f"{file.use('Eq' if term.sign == '=' else 'Ne')}({file.term(term.lhs)}, {file.term(term.rhs)})", ATOM
    if term.sign not in ("<", "<=", ">", ">=") or _is_python(term.lhs):
        raise TermError(f"`{term}` has no Python source")
    return f"{file.term(term.lhs, ADD)} {term.sign} {file.term(term.rhs, ADD)}", COMPARE


_WRITERS: dict[type, Writer] = {
    Number: _number,
    Constant: lambda file, term: (file.use({"e": "e", "pi": "Pi"}[term.name]), ATOM),
    Symbol: lambda file, term: (file.symbol(term), ATOM),
    Add: _binary(" + ", ADD, ADD + 1),
    Sub: _binary(" - ", ADD, ADD + 1),
    Mul: _binary(" * ", MUL, MUL + 1),
    Div: _binary(" / ", MUL, MUL + 1),
    Pow: _binary("**", POW, POW),
    Neg: _negative,
    Sum: _sum,
    DefiniteIntegral: _between("Integral"),
    Probability: _call("Pr"),
    ConditionalProbability: lambda file, term: (
        f"{file.use('Pr')}({file.term(term.event)}, given={file.term(term.given)})",
        ATOM,
    ),
    GammaFunction: _call("gamma_function"),
    BetaFunction: _call("beta_function"),
    Evaluated: _between("evaluated"),
    Delta: _call("delta"),
    Dot: _call("dot"),
    Expectation: _call("E"),
    Variance: _call("Var"),
    Covariance: _call("Cov"),
    Softmax: _call("softmax"),
    Derivative: _derivative,
    Jacobian: _call("jacobian"),
    Limit: _limit,
    LimitAlong: _limit_along,
    Infinity: lambda file, term: (file.use("oo"), ATOM),
    MinusInfinity: lambda file, term: (f"-{file.use('oo')}", NEG),
    Apply: lambda file, term: (f"{file.function(term.function)}({', '.join(map(file.term, term.args))})", ATOM),
    Entry: lambda file, term: _indexed(file, file.family(term.family), term.indices),
    Row: lambda file, term: _indexed(file, file.family(term.family), term.indices),
    Component: lambda file, term: _indexed(file, file.term(term.vector, ATOM), (term.index,)),
    Matrix: lambda file, term: (file.matrix(term), ATOM),
    Transpose: lambda file, term: (f"{file.term(term.matrix, ATOM)}.T", ATOM),
    MatrixProduct: _binary(" @ ", MUL, MUL + 1),
    MatrixEntry: lambda file, term: _indexed(file, file.term(term.matrix, ATOM), (term.row, term.column)),
    Relation: _relation,
    Inverse: lambda file, term: (f"{file.term(term.matrix, POW + 1)}**-1", POW),
    MatrixPower: lambda file, term: (f"{file.term(term.matrix, POW + 1)}**{file.term(term.exponent, POW)}", POW),
    Trace: _call("trace"),
    Determinant: _call("det"),
    Norm: _call("norm"),
    Diagonal: _call("diag"),
    DiagonalOf: _call("diag"),
    Hadamard: _call("hadamard"),
    Kronecker: _call("kron"),
    Identity: _call("identity"),
    Zeros: _call("zeros"),
    Ones: _call("ones"),
    UnitVector: _call("unit_vector"),
}
for _kind, _word in {
    Symmetric: "symmetric",
    Invertible: "invertible",
    Orthogonal: "orthogonal",
    PermutationMatrix: "permutation_matrix",
    PositiveDefinite: "positive_definite",
    PositiveSemidefinite: "positive_semidefinite",
    Idempotent: "idempotent",
    FullColumnRank: "full_column_rank",
}.items():
    _WRITERS[_kind] = _call(_word)
