"""What the kernel proves is held against a few models before it is called proved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest

import derivations.rules as packaged
from derivations import (
    E,
    Eq,
    Sum,
    Var,
    catalogue,
    definition,
    derive,
    diff,
    dot,
    exp,
    family,
    finite_variance,
    function,
    hypothesis,
    iid,
    law,
    limit,
    log,
    oo,
    random_family,
    random_variable,
    sqrt,
    symbols,
    vector,
)  # fmt: skip
from derivations.budget import Limits
from derivations.checking import check
from derivations.cli import main
from derivations.kernel.attempt import Closing
from derivations.kernel.chain import given_at, given_of
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Verdict
from derivations.models.safety_net import counterexamples
from derivations.replay.certify import certify
from derivations.replay.verify import verify

magic = Rule("magic", "everything follows", "nowhere", closes=lambda link, facts: Closing("magic"))

x, y, mu = symbols("x y mu")
C = symbols("C", positive=True)
k, t = symbols("k t", integer=True)
n, d = symbols("n d", positive=True, integer=True)
m = symbols("m", nonnegative=True, integer=True)
v = symbols("v", nonnegative=True)
a = symbols("a", values=(0, 1))
f, g = function("f", smooth=True), function("g", smooth=True)
c, q, empty = family("c", n), family("q", n, d), family("e", m)
theta, phi = vector("theta", d), vector("phi", d)
X, Y, Z = random_variable("X"), random_variable("Y"), random_family("Z", d)

FALSE = {
    "at one value alone": ((x**2, "=", x), []),
    "at 0": ((x * C, "=", C), []),
    "where numbers differ": ((c[1], "=", c[2]), [n >= 2]),
    "where numbers are equal": ((x, "!=", y), []),
    "for a bound that is no number": ((abs(symbols("u", lower=x)), "=", symbols("u", lower=x)), []),
    "in two dimensions": ((dot(theta, phi) ** 2, "=", dot(theta, theta) * dot(phi, phi)), []),
    "in no dimension": ((Sum(empty[k] ** 2, (k, 1, m)) + m, "!=", 0), []),
    "of an empty sum": ((Sum(1, (k, 1, m)), ">", 0), []),
    "from the second dimension on": ((Sum(c[k], (k, 1, n)), "=", c[1]), []),
    "of a derivative": ((diff(f(x) * g(x), x), "=", diff(f(x), x) * diff(g(x), x)), []),
    "of a mean": ((E(X * Y), "=", E(X) * E(Y)), [finite_variance(X, Y)]),
    "of a variance that may vanish": ((v, ">", 0), [law(X, mean=mu, variance=v)]),
    "of members": ((Var(Z[1] + Z[2]), "=", 2), [iid(Z, mean=0, variance=x**2), d >= 2]),
    "under a definition": ((y, "=", x), [definition(y, 2 * x)]),
    "under an equation": ((x, "=", 1), [hypothesis(x**2, "=", 1)]),
    "in one of two cases": ((a**2 + 1, "=", 1), []),
    "of a limit": ((limit((2 * x + 1) / (x + 1), x, oo), "=", 1), []),
    "of a logarithm": ((log(C * C), "=", log(C)), []),
}  # fmt: skip
TRUE = {
    "on the edge of a domain": ((sqrt(v) ** 2, "=", v), []),
    "in each dimension": ((dot(theta, phi) ** 2, "<=", dot(theta, theta) * dot(phi, phi)), []),
    "of an empty sum": ((Sum(1, (k, 1, m)), ">=", 0), []),
    "of a variance that may vanish": ((v, ">=", 0), [law(X, mean=mu, variance=v)]),
    "of a vanishing quotient": ((x / x, "=", 1), []),  # where it is not defined it is not false
    "under what cannot be satisfied by small numbers": ((x, ">", 0), [hypothesis(x, "=", exp(y) + 7)]),
    "of independent members": ((Var(Z[1] + Z[2]), "=", 2), [iid(Z, mean=0, variance=1), d >= 2]),
}  # fmt: skip


@pytest.fixture
def packaged_magic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the package had a rule that proves everything: a fault of the engine."""
    everything = MappingProxyType({**packaged.rules(), "magic": magic})
    monkeypatch.setattr(packaged, "rules", lambda: everything)
    yield


def proved_by_magic(link: tuple, given: list) -> object:  # type: ignore[type-arg]
    lhs, sign, rhs = link
    return derive(lhs, given).link(sign, rhs, by=magic).qed(lhs, sign, rhs)


@pytest.mark.parametrize("name", FALSE)
@pytest.mark.usefixtures("packaged_magic")
def test_what_is_false_is_not_proved(name: str) -> None:
    report = proved_by_magic(*FALSE[name]).check(reproduce=False)  # type: ignore[attr-defined]
    (step,) = report.steps
    assert step.verdict is Verdict.OPEN and step.witness is not None and step.finding.fault
    assert report.fault and report.verdict is Verdict.OPEN and not report


@pytest.mark.parametrize("name", TRUE)
@pytest.mark.usefixtures("packaged_magic")
def test_what_is_true_stays_proved(name: str) -> None:
    report = proved_by_magic(*TRUE[name]).check(reproduce=False)  # type: ignore[attr-defined]
    assert not report.fault and report.steps[0].verdict is not Verdict.OPEN or report.steps[0].finding.holds


@pytest.mark.usefixtures("packaged_magic")
def test_the_message_says_whose_fault_it_is() -> None:
    (step,) = proved_by_magic((x * C, "=", C), []).check(reproduce=False).steps  # type: ignore[attr-defined]
    assert step.finding.problem == "the engine contradicts itself: a proof of this link was found, and it is false"
    assert step.finding.tries == (
        "this is a fault of the engine, not of the derivation: please report it, with the file",
    )
    assert step.witness.values == (("C", "2"), ("x", "1/2")) and step.witness.left == "1"


@pytest.mark.usefixtures("packaged_magic")
def test_a_statement_is_held_against_models_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each link may be true as it stands and the statement false: x → ∞ moves what the first line holds still."""
    from derivations.models import safety_net

    chain = derive(x).eq(x + 1 - 1).eq(x * 1).qed(x, "=", x * 1)
    assert chain.check(reproduce=False).verdict is Verdict.PROVED
    seen = safety_net.contradicted([(Eq(x**2, x), ())])
    monkeypatch.setattr(safety_net, "counterexamples", lambda chain: {0: seen[0]})
    report = chain.check(reproduce=False)
    assert report.fault and report.verdict is Verdict.OPEN and [s.verdict for s in report.steps] == [Verdict.PROVED] * 2
    assert report.problems == (
        "the engine contradicts itself: every link is proved, and the statement is false\n"
        "  with x = 2: left = 4   right = 2\n"
        "  this is a fault of the engine, not of the derivation: please report it, with the file",
    )


@pytest.mark.usefixtures("packaged_magic")
def test_what_cites_it_rests_on_an_unproved_result() -> None:
    false = proved_by_magic((f(x), "=", x), [])
    citing = derive(f(y) + 1).eq(y + 1, by=false).qed(f(y) + 1, "=", y + 1)
    report = citing.check(reproduce=False)
    assert report.verdict is not Verdict.PROVED and "rests on an unproved result" in report.steps[0].finding.problem


@pytest.mark.usefixtures("packaged_magic")
def test_with_limits_it_is_held_against_models_too() -> None:
    report = check(proved_by_magic((x * C, "=", C), []), reproduce=False, limits=Limits(seconds=60))  # type: ignore[arg-type]
    assert report.fault and report.steps[0].witness is not None


def test_a_rule_of_ones_own_that_proves_what_is_false_is_refuted() -> None:
    report = proved_by_magic((x * C, "=", C), []).check(reproduce=False)  # type: ignore[attr-defined]
    (step,) = report.steps
    assert step.verdict is Verdict.REFUTED and not report.fault
    assert step.finding.problem == "proved by what does not come with the package, `magic`, and false"


@pytest.mark.usefixtures("packaged_magic")
def test_a_certificate_of_what_is_false_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    from derivations.models import safety_net

    chain = proved_by_magic((x * C, "=", C), [])
    monkeypatch.setattr("derivations.models.safety_net.counterexamples", lambda chain: {})
    document = json.loads(json.dumps(certify(chain)))  # type: ignore[arg-type]
    monkeypatch.undo()
    monkeypatch.setattr(packaged, "rules", lambda: MappingProxyType({"magic": magic}))
    told = verify(document)
    assert [(complaint.step, complaint.fault) for complaint in told] == [(1, True), (0, True)]
    assert "the engine contradicts itself: this is false with C = 2, x = 1/2; please report it" in str(told[0])
    assert safety_net.MODELS > 1


FILE = """from derivations import derive, symbols
x, C = symbols("x C", positive=True)
d = derive(x * C).eq(C, by="magic").qed(x * C, "=", C)
"""


@pytest.mark.usefixtures("packaged_magic")
def test_the_command_has_an_exit_code_of_its_own_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(FILE)
    Path("refuted.py").write_text(FILE.replace("magic", "differentiation"))
    for arguments in (["mine.py"], ["mine.py", "refuted.py"], ["mine.py", "missing.py"]):
        with pytest.raises(SystemExit) as end:
            main(["check", "--no-reproduce", *arguments])
        assert end.value.code == 5
    assert "OPEN, fault of the engine" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["check", "--no-reproduce", "--json", "mine.py"])
    (told,) = json.loads(capsys.readouterr().out)["derivations"]
    assert told["fault"] and told["verdict"] == "OPEN"
    assert told["steps"][0]["fault"] and told["steps"][0]["witness"]["left"] == "1"


@pytest.mark.parametrize("one", catalogue.load_all(), ids=lambda one: one.entry.name)
def test_the_exercises_pass_through(one: catalogue.Loaded) -> None:
    assert counterexamples(one.derivation) == {}


def test_a_freed_symbol_has_no_definition_afterwards() -> None:
    from derivations import free_variable

    T = symbols("T")
    chain = derive(x + x, [definition(T, 2 * x)])
    chain = chain.eq(T, by=chain.given[0]).le(T + 1, by=free_variable(T)).le(T + 2)
    assert [len(given_at(step, chain)) for step in chain.steps] == [1, 1, 0]
    assert len(given_of(chain.steps[-1].link, chain)) == 1
