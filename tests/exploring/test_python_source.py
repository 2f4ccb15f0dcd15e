"""What `to_python` writes: files that check as they stand, and look as if somebody had written them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from derivations import E, Eq, Integral, Var, decision_process, dependence, derive, exp, log, random_variable, symbols
from derivations.catalogue import Loaded, load_all, load_file
from derivations.checking import Known, check
from derivations.terms.substitution import alpha_equal
from derivations.terms.term import TermError

pytestmark = pytest.mark.once

TESTS = Path(__file__).parents[1]
WRONG = sorted(path for path in (TESTS / "should_fail").glob("*.py") if not path.stem.startswith("test_"))
STRANGERS = sorted((TESTS / "data" / "strangers").glob("*.py"))

x, y = symbols("x y")


@pytest.fixture(scope="module")
def known() -> Known:
    """What was judged, for all the tests of this file."""
    return {}


def every() -> list[Loaded]:
    """The catalogue, and one of five derivations of the other files."""
    return [*load_all(), *[one for path in [*WRONG, *STRANGERS] for one in load_file(path)][::5]]


@pytest.mark.parametrize("one", every(), ids=lambda one: f"{one.entry.source.path.stem}-{one.entry.variable}")
def test_a_kept_derivation_has_the_same_lines_and_verdicts(one, tmp_path, known):
    source = one.derivation.to_python("kept")
    assert max(map(len, source.splitlines())) <= 100
    path = tmp_path / "kept.py"
    path.write_text(source, "utf-8")
    kept = {found.entry.variable: found.derivation for found in load_file(path)}["kept"]
    assert all(map(alpha_equal, kept.lines, one.derivation.lines))
    stated = one.derivation.statement
    assert kept.statement is not None and (stated is None or alpha_equal(kept.statement, stated))
    before, after = check(one.derivation, reproduce=False, known=known), check(kept, reproduce=False)
    assert [step.verdict for step in after.steps] == [step.verdict for step in before.steps]
    assert [step.equation for step in after.steps] == [step.equation for step in before.steps]
    assert (after.verdict, after.exercise) == (before.verdict, before.exercise) or stated is None


@pytest.mark.skipif(shutil.which("ruff") is None, reason="ruff is not installed")
def test_a_formatter_would_change_nothing(tmp_path):
    for number, one in enumerate(every()):
        (tmp_path / f"kept_{number}.py").write_text(one.derivation.to_python("kept"), "utf-8")
    options = ["--isolated", "--no-cache", "--line-length", "100"]
    for command in (["format", "--diff"], ["check", "--select", "E,F,I"]):
        done = subprocess.run(["ruff", *command, *options, tmp_path], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_a_short_chain_is_a_short_file():
    assert derive(x + x).eq(2 * x).to_python("double") == (
        '"""Double."""\n\n'
        "from derivations import derive, symbols\n\n"
        'x = symbols("x")\n\n'
        'double = derive(x + x).eq(2 * x).qed(x + x, "=", 2 * x)\n'
    )


def test_a_process_is_declared_as_it_was():
    t = symbols("t", integer=True, nonnegative=True)
    gamma = symbols("gamma", lower=0, upper=1)
    game = decision_process(gamma, t, states="X", finite="X", action_values=(0, 1), name="card game")
    S, A, s, a = game.S, game.A, game.s, game.a
    chain = derive(E(game.R[t], given=[S[t], Eq(A[t], 1)]), [game.homogeneous, game.smooth_policy]).eq(
        Integral(game.policy(a[t], given=s[t]) * Var(game.R[t], given=a[t]), a[t])
    )
    source = chain.to_python("kept")
    assert 'game = decision_process(gamma, t, states="X", finite="X", action_values=[0, 1], name="card game")' in source
    assert "given=[game.homogeneous, game.smooth_policy]" in source
    assert "derive(E(R[t], given=(S[t], Eq(A[t], 1)))" in source
    assert "Integral(game.policy(a[t], given=s[t]) * Var(R[t], given=a[t]), a[t])" in source
    names: dict[str, object] = {}
    exec(source, names)
    assert all(map(alpha_equal, names["kept"].lines, chain.lines))  # type: ignore[attr-defined]


def test_names_are_names_in_python():
    odd, word = symbols("x²"), symbols("lambda")
    X = random_variable("is")
    chain = derive(odd + word + E(X), [dependence((X, random_variable("Z")))]).eq(word + odd + E(X))
    names: dict[str, object] = {}
    exec(chain.to_python("class"), names)
    assert alpha_equal(names["class_"].end, chain.end)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "chain, said",
    [
        (derive(x), "there is nothing to keep yet: the chain has no link"),
        (derive(x).le(x + 1).ge(x), "the relations of the chain do not compose, so it has no statement to keep"),
    ],
)
def test_what_cannot_be_kept_is_said(chain, said):
    with pytest.raises(TermError, match=said):
        chain.to_python()


def test_a_title_with_quotes_and_a_long_one():
    chain = derive(log(exp(x)), exercise="7", title='the "quoted" \\ ' + 12 * "and so on " + '"""').eq(log(exp(x)))
    source = chain.to_python("kept")
    assert max(map(len, source.splitlines())) <= 100
    module: dict[str, object] = {}
    exec(source, module)
    assert module["__doc__"] == f"{chain.exercise}: {chain.title}."
