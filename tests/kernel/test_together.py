"""Equations that are cited are used together: on either side, inside functions, several times."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivations import (
    E,
    Ne,
    Sum,
    diff,
    differentiation,
    exp,
    family,
    finite_variance,
    function,
    hypothesis,
    linearity_of_expectation,
    log,
    random_variable,
    sqrt,
    symbols,
)
from derivations.kernel.report import Verdict
from derivations.replay.certify import certify
from derivations.replay.verify import verify
from tests.judging import chain, finding, judged, result

x, y, z, a, b, c, u = symbols("x y z a b c u")
p = symbols("p", positive=True)
n = symbols("n", integer=True, positive=True)
k = symbols("k", integer=True)
f, g = function("f"), function("g")
r, s, t = family("r", n), family("s", n), family("t", n)
X = random_variable("X")


def equations(*sides, **options):
    return [hypothesis(left, "=", right, **options) for left, right in sides]


FOLLOWS = [
    (b, c, equations((a, b), (a, c)), []),
    (b, u, equations((a, b), (c, a), (c, u)), []),
    (x, 2, equations((x + y, 3), (x - y, 1)), []),
    (x * y, 2, equations((x + y, 3), (x - y, 1)), []),
    (x, y, equations((p * x, p * y)), []),
    (x, y, equations((a * x, a * y)), [Ne(a, 0)]),
    (x, y, equations((x**2, y**2)), [x + y > 0]),
    ((x + y) ** 2, 9, equations((x**2 + y**2, 5), (x * y, 2)), []),
    (x**3 + y**3 + z**3, 3, equations((x + y + z, 0), (x * y * z, 1)), []),
    (a / b, c / u, equations((a * u, b * c)), [Ne(b, 0), Ne(u, 0)]),
    (x, 1 - 1 / (y + 1), equations((y, x / (1 - x))), [x < 1]),
    (a, c, equations((a + b, b + c)), []),
    # a reason is used on either side, and at other values
    (x**2, f(x), equations((f(x), x**2), for_all=x), []),
    ((x + 1) ** 2 + y, f(x + 1) + y, equations((f(x), x**2), for_all=x), []),
    # below functions and binders
    (exp(b), exp(c), equations((a, b), (a, c)), []),
    (f(x), f(2), equations((x + y, 3), (x - y, 1)), []),
    (sqrt(b**2 + a**2), c, equations((a**2 + b**2, c**2)), [c >= 0]),
    (1 / b, 1 / c, equations((a, b), (a, c)), [b > 0, c > 0]),
    (Sum(r[k], (k, 1, n)) + Sum(s[k], (k, 1, n)), Sum(t[k], (k, 1, n)), equations((r[k] + s[k], t[k]), for_all=k), []),
    (Sum(r[k + 1], (k, 0, 1)), 0, equations((r[1], 0), (r[2], 0)), [n >= 2]),
]


@pytest.mark.parametrize(("left", "right", "said", "given"), FOLLOWS)
def test_what_follows(left, right, said, given) -> None:
    made = chain(left, "=", right, given=[*said, *given], by=said).qed(left, "=", right)
    found = finding(made)
    assert found.verdict is Verdict.PROVED, found.problem
    assert verify(certify(made)) == []


DOES_NOT = [
    (x, 1, equations((x + y, 3), (x - y, 1)), []),
    (b, u, equations((a, b), (c, u)), []),
    (x, y, equations((a * x, a * y)), []),
    (x, y, equations((x**2, y**2)), []),
    (x, y, equations((x**2, y**2)), [x > 0]),
    (x, 0, equations((x * y, 0)), [x > y]),
    (a, b, equations((a + b, b + c)), []),
    (a, b * c / u, equations((a * u, b * c)), []),
    (exp(b), exp(u), equations((a, b), (a, c)), []),
    (sqrt(a**2 + b**2), c, equations((a**2 + b**2, c**2)), []),
    (log(a), log(b), equations((a**2, b**2)), []),
    (f(a), g(a), equations((f(b), g(b))), []),
    (f(a), f(b), equations((f(a) ** 2, f(b) ** 2)), []),
    (diff(f(x), x), 2 * x, equations((f(x), x**2)), []),
    (Sum(r[k], (k, 1, n)), n * a, equations((r[k], a)), []),
    (Sum(r[k], (k, 1, n)), 0, equations((r[1], 0), (r[2], 0)), []),
    (E(X), a, equations((X, a)), [finite_variance(X)]),
    (E(X * X), a * E(X), equations((X, a)), [finite_variance(X)]),
]


@pytest.mark.parametrize(("left", "right", "said", "given"), DOES_NOT)
def test_what_does_not_follow(left, right, said, given) -> None:
    by = [*said, *([linearity_of_expectation] if left.kinds & {type(E(X))} else [])]
    assert judged(left, "=", right, given=[*said, *given], by=by).verdict is Verdict.OPEN


def test_an_identity_may_be_differentiated_and_averaged() -> None:
    said = equations((f(x), x**2), for_all=x)
    assert judged(diff(f(x), x), "=", 2 * x, given=said, by=[*said, differentiation]).verdict is Verdict.PROVED
    two = equations((a, b), (a, c))
    by = [*two, linearity_of_expectation]
    assert judged(E(X * b), "=", E(X) * c, given=[*two, finite_variance(X)], by=by).verdict is Verdict.PROVED


def test_results_are_used_together() -> None:
    first, second = result((x + 1) ** 2, "=", x**2 + 2 * x + 1), equations((x**2, y))
    assert judged((z + 1) ** 3, "=", (z + 1) * (z**2 + 2 * z + 1), by=first).idle == ("(x + 1)² = x² + 2 x + 1",)
    by = [first, *second]
    assert judged(sqrt((x + 1) ** 2), "=", sqrt(y + 2 * x + 1), given=second, by=by).verdict is Verdict.PROVED


def test_a_certificate_that_does_not_add_up_is_rejected() -> None:
    said = equations((x + y, 3), (x - y, 1))
    made = chain(x, "=", 2, given=said, by=said).qed(x, "=", 2)
    document = certify(made)
    proof = document["derivations"][0]["links"][0]["certificate"]
    assert verify(document) == []
    factor = proof["multiples"][0]["factor"]
    proof["multiples"][0]["factor"] = proof["scale"] if factor != proof["scale"] else {**factor, "number": "7"}
    assert verify(document) != []


def test_a_multiple_of_what_was_not_cited_is_rejected() -> None:
    from derivations.decide import provers
    from derivations.kernel.facts import facts_of
    from derivations.prove.citing import cite
    from derivations.replay.link import Rejected, replay

    said = equations((x + y, 3), (x - y, 1))
    made = chain(x, "=", 2, given=said, by=said)
    certificate = finding(made).certificate
    assert certificate is not None and len(certificate.multiples) == 2
    facts = facts_of(made.given, provers())
    only = cite(replace(made.steps[0], reasons=(said[0],)), facts, {})
    with pytest.raises(Rejected, match="multiples"):
        replay(made.steps[0].link, only, facts, certificate)
