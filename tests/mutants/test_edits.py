"""Every kind of edit makes what it says, once, and nothing that says the same as before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from derivations import E, Sum, Var, catalogue, cos, diff, dot, exp, family, function, log, sin, sqrt, symbols, vector
from derivations.mutants.edits import statement_edits
from derivations.mutants.reasons import reason_edits
from derivations.terms.conditioning import Conditional
from derivations.terms.relations import Relation, relation
from derivations.terms.substitution import alpha_equal
from tests.models.processes import R, S, k, s, t, v

pytestmark = pytest.mark.once

x, y, T = symbols("x y T")
n = symbols("n", integer=True, positive=True)
i = symbols("i", integer=True)
a = symbols("a", values=(0, 1))
c, d = family("c", n), family("d", n)
K = family("K", 2, 2)
u, w = vector("u", n), vector("w", n)
f = function("f")
policy = function("pi", bar=1)

MADE = {
    "sign": [(x, y + 1, y - 1), (x, y - 1, y + 1), (x, y - 1, 1 - y), (x, -y, y), (x, exp(y), exp(-y))],
    "factor": [(x, 3 * y, 3), (x, 3 * y, y), (x, y, 2 * y), (x, y + 1, y), (x, y / T, y), (x, y / T, y / T / T)],
    "exponent": [(x, y**2, y**3), (x, y**2, y), (x, sqrt(y), y), (x, exp(y), exp(2 * y))],
    "symbol": [(x + T, y, x), (1, dot(u, w), dot(u, u))],
    "function": [(x, exp(y), y), (x, log(y), y), (x, sin(y), cos(y)), (x, Var(y), E(y)), (x, diff(x * y, x), x * y)],
    "argument": [(1, f(x, y), f(y, x)), (1, policy(1, x), policy(0, x)), (1, f(a), f(0)), (1, f(a), f(1))],
    "bar": [(1, policy(a, x), function("pi")(a)), (1, E(R[t], given=s[t]), E(R[t]))],
    "bound": [(1, Sum(c[i], (i, 1, n)), Sum(c[i], (i, 2, n))), (1, Sum(c[i], (i, 1, n)), Sum(c[i], (i, 1, n - 1)))],
    "index": [(1, K[1, 2], K[2, 1]), (1, K[1, 2], K[1, 1]), (1, R[t + k], R[t])],
    "number": [(x, 2 * y, 3 * y)],
}  # fmt: skip
MADE["index"].append((1, E(v(S[t + 1])), E(v(S[t + 2]))))


@pytest.mark.parametrize(
    ("kind", "left", "right", "new"), [(kind, *row) for kind, rows in MADE.items() for row in rows]
)
def test_an_edit_of_each_kind(kind, left, right, new) -> None:
    found = {(edit.kind, edit.link) for edit in statement_edits(relation(left, "=", right))}
    assert (kind, relation(left, "=", new)) in found


@pytest.mark.parametrize(
    ("sign", "turned"), [("<=", (">=", "<")), ("<", (">", ">=")), (">=", ("<=", ">")), (">", ("<", "<="))]
)
def test_an_inequality_is_turned_round_and_made_strict(sign, turned) -> None:
    edits = [edit.link.sign for edit in statement_edits(relation(x, sign, y)) if edit.kind == "inequality"]
    assert tuple(edits) == turned


def links() -> Iterator[Relation]:
    for one in catalogue.load_all():
        yield from (step.link for step in one.derivation.steps)


def test_each_edit_of_the_catalogue_is_new_and_comes_once() -> None:
    for link in links():
        edits = [edit.link for edit in statement_edits(link)]
        assert len(set(edits)) == len(edits)
        assert not any(alpha_equal(new, link) for new in edits)
        assert not any(new.variable is None and alpha_equal(new.lhs, new.rhs) for new in edits)
        assert [edit.text for edit in statement_edits(link)] == [edit.text for edit in statement_edits(link)]


def test_there_are_enough_of_them() -> None:
    assert sum(len(list(statement_edits(link))) for link in links()) >= 600


def test_every_kind_occurs_in_the_catalogue() -> None:
    kinds = {edit.kind for link in links() for edit in statement_edits(link)}
    assert kinds >= {*MADE, "inequality"}


def derivation(name: str):
    return catalogue.load(catalogue.find(name, catalogue.entries())).derivation


def test_reasons_are_dropped_one_by_one() -> None:
    chain = derivation("variance")
    found = {edit.kind: [e.text for e in reason_edits(chain, chain.steps[1]) if e.kind == edit.kind]
             for edit in reason_edits(chain, chain.steps[1])}  # fmt: skip
    assert found["hypothesis"] == ["without q_it, k_it independent standard Gaussian"]
    assert found["condition"][0] == "`C` is declared without C > 0 (declared)"
    assert found["citation"][0] == "standard-gaussian is not cited"
    assert len(found["citation"]) > 1


def test_what_is_dropped_is_gone() -> None:
    chain = derivation("closed_form")
    for edit in reason_edits(chain, chain.steps[0]):
        if edit.kind == "hypothesis":
            assert len(edit.given) == len(chain.given) - 1


def test_no_edit_gives_a_variable_twice() -> None:
    """Such a condition cannot be written."""
    for link in links():
        for edit in statement_edits(link):
            for part in edit.link.walk():
                given = getattr(part, "variables", ()) if isinstance(part, Conditional) else getattr(part, "given", ())
                assert not isinstance(given, tuple) or len(set(given)) == len(given), edit.text
