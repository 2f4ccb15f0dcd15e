"""Exploring in IPython: in a shell of this process, in a real terminal, and in a notebook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pexpect
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbclient import NotebookClient

from derivations import derive, exp, symbols

if TYPE_CHECKING:
    from derivations.derivation import Derivation
    from derivations.kernel.report import Report

NOTEBOOKS = Path(__file__).parent / "notebooks"

SOFTMAX = """\
from derivations import *
a, b, s = symbols("a", values=(0, 1)), symbols("b", integer=True), symbols("s", space="S")
h, policy = function("h"), function("pi", bar=1)
softmax_policy = definition(policy(a, s), exp(h(s, a)) / Sum(exp(h(s, b)), (b, 0, 1)), name="softmax policy")
d = derive(policy(1, s), given=[softmax_policy])
"""
WRONG = "d.eq(1 / (1 + exp(h(s, 1) - h(s, 0))))"
MENDED = "d = d.eq(1 / (1 + exp(h(s, 0) - h(s, 1))))"


@pytest.fixture
def shell():
    """A shell with the extension loaded, and nothing of it left afterwards."""
    made = InteractiveShell()
    made.colors = "nocolor"
    made.run_line_magic("load_ext", "derivations")
    yield made
    made.history_manager.end_session()


def output(shell: InteractiveShell, cell: str) -> str:
    """What a cell prints, its result included."""
    with capture_output() as captured:
        shell.run_cell(cell)
    return re.sub(r"^Out\[\d*\]: ", "", captured.stdout).strip("\n")


@pytest.fixture
def softmax(shell):
    assert output(shell, SOFTMAX) == ""
    return shell


# -- in a shell ------------------------------------------------------------------------
def test_a_chain_shows_itself_judged(softmax):
    assert output(softmax, "d = d.apply(softmax_policy); d") == (
        "π(1 | s)\n  = exp(h(s, 1))/(Σ_{b=0}^{1} exp(h(s, b)))   ✓  softmax policy"
    )
    shown = output(softmax, WRONG).splitlines()
    assert shown[:4] == [
        "π(1 | s)",
        "  = exp(h(s, 1))/(Σ_{b=0}^{1} exp(h(s, b)))   ✓  softmax policy",
        "  = 1/(1 + exp(h(s, 1) - h(s, 0)))            ✗ refuted",
        "      the link is not plain algebra and cites no reason",
    ]
    assert shown[4].startswith("      with s = S1, h(s, 0) = ") and shown[5].startswith("      left = 0.")


def test_nothing_changes_behind_ones_back_and_a_step_can_be_taken_back(softmax):
    output(softmax, "longer = d.apply(softmax_policy)")
    assert output(softmax, "len(d.steps), len(longer.steps), len(longer.undo().steps)") == "(0, 1, 0)"


def test_suggestions_are_numbered_lines_with_their_reasons(softmax):
    assert output(softmax, "d.suggest()") == (
        " 0  exp(h(s, 1))/(Σ_{b=0}^{1} exp(h(s, b)))                  by softmax policy\n"
        " 1  exp(h(s, 1))/(Σ_{b=1}^{2} exp(h(s, b - 1)))              by softmax policy, index-shift\n"
        " 2  exp(h(s, 1))/(Σ_{b=1}^{1} exp(h(s, b)) + exp(h(s, 0)))   by softmax policy, splitting-a-sum"
    )
    assert output(softmax, "d.apply(d.suggest()[0]).end") == "exp(h(s, 1))/(Σ_{b=0}^{1} exp(h(s, b)))"


@pytest.mark.parametrize(
    "cell, said",
    [
        (
            'd.apply("no-such-rule")',
            "TermError: there is no rule 'no-such-rule'; did you mean product-rule or chain-rule?",
        ),
        ('d.apply("chain-rule")', "TermError: chain-rule does not apply to `π(1 | s)`; d.suggest() lists what does"),
        ("d.undo()", "TermError: there is no link to take back"),
        ("d.explain(3)", "TermError: there is no step 3: the chain has 0, counted from 1"),
        ("d.at(q=1)", "TermError: no symbol 'q' occurs; there are a, s"),
        ("if b > 0: pass", "TypeError: `b > 0` is a statement, not a truth value; "),
        ("d.apply()", "TermError: apply() needs a reason: a rule, a definition, or one of d.suggest()"),
        ("d.apply(17)", "TermError: `17` is no reason: cite a rule, a definition, a hypothesis or a derivation"),
        ("d.explain('one')", "TermError: there is no step one: the chain has 0, counted from 1"),
        ("d.eq('a')", "NoTerm: `'a'` is text, not a term: "),
        ("d.eq(h)", "NoTerm: `h` is a function, not a value of it: give it arguments"),
        ("d.eq(b, by='nonsense')", "TermError: there is no rule 'nonsense'; "),
        ("d.at(s='a')", "NoTerm: `'a'` is text, not a term: "),
        ("derive(1, given=17)", "TermError: `17` cannot be given: give definitions, hypotheses, relations and laws"),
        ("hypothesis(1)", "TermError: `1` is no statement: write hypothesis(lhs, '=', rhs), or hypothesis(C > 0)"),
        ("%%derivation\nb\n= 1/0", "TermError: in `= 1/0`: division by zero"),
        ("%%derivation\nb\n= nobody", "TermError: in `= nobody`: name 'nobody' is not defined"),
        ("%%derivation\nb\n= (1 +", "TermError: `= (1 +` cannot be read: '(' was never closed"),
        ("%%derivation\nb\n=", "TermError: in `=`: nothing stands after `=`"),
        ("%%derivation\nb\n→ 0", "TermError: in `→ 0`: say of which variable `→` speaks, and where it goes: "),
        ("%%derivation x given [nobody]\nb\n= b", "TermError: in `x given [nobody]`: name 'nobody' is not defined"),
        ("%%derivation\n\n", "TermError: the cell holds no chain: write its first line, "),
    ],
)
def test_an_error_is_one_message_without_the_engine_inside(softmax, cell, said):
    shown = output(softmax, cell)
    assert shown.startswith(said)
    assert "\n" not in shown and "derivations/" not in shown


def test_questions_are_answered_in_words(softmax):
    output(softmax, "d = d.apply(softmax_policy).eq(1 / (1 + exp(h(s, 0) - h(s, 1))))")
    assert output(softmax, "d.explain(1)").splitlines() == [
        "step 1  ✓  π(1 | s) = exp(h(s, 1))/(Σ_{b=0}^{1} exp(h(s, b)))",
        "  by softmax policy, in the left side:  π(1 | s)  becomes  exp(h(s, 1))/(Σ_{b=0}^{1} exp(h(s, b)))",
        "  then both sides agree by plain algebra",
        *output(softmax, "d.explain(1)").splitlines()[3:],
    ]
    assert output(softmax, "d.rests_on()") == "('softmax policy',)"
    assert output(softmax, "d.graph()").splitlines()[1:] == ["  softmax policy"]
    why = output(softmax, "x = symbols('x'); d.why_not(log(x**2), 2 * log(x))")
    assert why.startswith("step 1  ? open  log(x²) = 2 log x")
    assert output(softmax, "d.why_not(x + x, 2 * x)") == "nothing is in the way: x + x = 2 x is proved"


def test_a_chain_for_given_numbers_is_checked_again():
    from derivations.exercises.attention.logits import variance

    special = variance.at(d_k=64, C=8)
    assert special.check(reproduce=False).verdict.value == "PROVED"
    assert special.statement is not None and special.statement.text == "Var((Q Kᵀ/8)_ij) = 64/8²"
    with pytest.raises(Exception, match="`C` cannot be -1: it was declared so that `-1 > 0` holds"):
        variance.at(C=-1)


def test_the_cell_magic_reads_a_plain_chain(softmax):
    with capture_output() as captured:
        softmax.run_cell(
            "%%derivation sigmoid given [softmax_policy]\n"
            "policy(1, s)\n"
            "  = exp(h(s, 1)) / (exp(h(s, 0))\n"
            "      + exp(h(s, 1)))        by softmax_policy\n"
            "  = 1 / (1 + exp(h(s, 0) - h(s, 1)))\n"
            "qed"
        )
    assert captured.stdout.strip("\n").splitlines()[-1] == "qed π(1 | s) = 1/(1 + exp(h(s, 0) - h(s, 1)))   proved"
    assert output(softmax, "bool(sigmoid)") == "True"
    by_what_is_shown = "%%derivation given softmax_policy\npolicy(1, s)\n= exp(h(s, 1)) / Sum(exp(h(s, b)), (b, 0, 1))"
    assert output(softmax, f"{by_what_is_shown} by softmax policy").splitlines()[1].endswith("✓  softmax policy")


def test_what_goes_wrong_inside_the_engine_is_short_too_and_what_is_ones_own_is_not(softmax, monkeypatch):
    from derivations.exploring import asking

    monkeypatch.setattr(asking, "check", lambda *_, **__: {}["lost"])
    assert output(softmax, "d.explain(1)") == "KeyError: 'lost' (this should not happen; %tb shows where)"
    assert "in explain" in output(softmax, "%tb")
    assert "----> 1 1 / 0" in output(softmax, "1 / 0")
    monkeypatch.setattr(asking, "check", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    assert output(softmax, "d.explain(1)") == "KeyboardInterrupt"


@pytest.mark.filterwarnings("ignore::IPython.core.completer.ProvisionalCompleterWarning")
@pytest.mark.parametrize(
    "typed, names",
    [
        ("d.eq(1, by=vari", {"variance_scaling", "variance_definition"}),
        ('d.eq(1, by="vari', {"variance-scaling", "variance-definition"}),
        ('d.eq(1, by=["log', {"logarithm-laws"}),
        ("d.eq(1, by=[softmax_policy, log", {"logarithm_laws"}),
        ("d.eq(1, by=soft", {"softmax_policy", "softmax_definition"}),
        ('d.apply("chain-', {"chain-rule"}),
        ('d.apply("chain_r', {"chain-rule"}),
        ("d.apply(chain", {"chain_rule"}),
        ("%%derivation\nb\n  = b by chain", {"chain_rule"}),
        ("%%derivation\nb\n  = b by softmax_policy, log", {"logarithm_laws"}),
    ],
)
def test_reasons_complete_by_their_names(softmax, typed, names):
    found = [completion.text for completion in softmax.Completer.completions(typed, len(typed))]
    assert names <= set(found)
    assert all(text.startswith(min(names)[:4]) for text in found)


def test_a_rule_tells_what_it_states(softmax):
    from derivations import variance_scaling

    with capture_output() as captured:
        softmax.run_line_magic("pinfo", "variance_scaling")
    said = re.sub(r"\x1b\[[\d;]*m", "", captured.stdout).strip()
    assert said == (
        "Rule:   variance-scaling\n"
        "States: Var[cu + b] = c² Var[u]\n"
        "If:     b, c are not random\n"
        "Source: Grimmett and Stirzaker, Probability and Random Processes, theorem 3.3.11\n"
        'Cited:  by=variance_scaling, or by="variance-scaling"'
    )
    assert output(softmax, "variance_scaling").splitlines()[:3] == [
        "variance-scaling",
        "    Var[cu + b] = c² Var[u]",
        "  if     b, c are not random",
    ]
    formatted, _ = softmax.display_formatter.format(variance_scaling)
    assert variance_scaling.statement in formatted["text/latex"]


def test_rules_hypotheses_and_steps_show_themselves(softmax):
    assert output(softmax, "softmax_policy") == "softmax policy:  π(a | s) := exp(h(s, a))/(Σ_{b=0}^{1} exp(h(s, b)))"
    assert output(softmax, "import derivations; derivations.differentiation").startswith("differentiation\n")
    report = output(softmax, "d.apply(softmax_policy).check(reproduce=False)")
    assert report.splitlines()[0] == "derivation  PROVED"
    formatted, _ = softmax.display_formatter.format(softmax.user_ns["d"])
    assert formatted["text/latex"].startswith("$$\\begin{aligned}\n& \\pi(1 \\mid s)\n")


# -- suggestions on the sheet --------------------------------------------------------------
def test_the_next_line_of_the_sheet_is_suggested_in_four_of_five_cases():
    from dataclasses import replace

    from derivations.catalogue import load_all
    from derivations.decide import provers
    from derivations.exploring.suggest import MOST, suggest
    from derivations.kernel.facts import facts_of
    from derivations.kernel.link import close
    from derivations.terms.relations import Relation
    from derivations.terms.substitution import alpha_equal

    named = 0
    hits = []
    known: dict[Derivation, Report] = {}
    chains = [one.derivation for one in load_all()]
    for n, chain in enumerate(chains):
        facts = facts_of(chain.given, provers())
        for k, step in enumerate(chain.steps):
            if step.reasons and (n + k) % 4 == 0:  # a sample: a fourth of the links, chosen by their place alone
                named += 1
                found = suggest(replace(chain, statement=None, steps=chain.steps[:k]), chains[:n], known)
                assert len(found) <= MOST
                sign = "<=>" if isinstance(step.link.rhs, Relation) else "="
                if any(
                    alpha_equal(one.line, step.link.rhs)
                    or close(Relation(one.line, sign, step.link.rhs), facts)[0] is not None
                    for one in found
                ):
                    hits.append(f"{chain.name} {k + 1}")
    assert named > 8 and len(hits) >= 4 / 5 * named, hits  # 8 of 10; of all links it is 40 of 47


# -- a real terminal ------------------------------------------------------------------------
def test_a_session_from_the_softmax_to_a_tested_file(tmp_path):
    environment = os.environ | {"IPYTHONDIR": str(tmp_path / "ipython"), "TERM": "xterm-256color"}
    arguments = "-m IPython --simple-prompt --no-banner --no-confirm-exit --colors=linux".split()
    terminal = pexpect.spawn(
        sys.executable, arguments, encoding="utf-8", timeout=30, dimensions=(50, 140), cwd=tmp_path, env=environment
    )
    terminal.setecho(False)

    def enter(line: str) -> str:
        terminal.expect(r"In \[\d+\]: ")
        terminal.sendline(line)
        terminal.expect(r"(?=\r?\nIn \[\d+\]: )")
        assert terminal.before is not None
        return terminal.before

    for line in ("%load_ext derivations", *SOFTMAX.splitlines()):
        enter(line)
    assert "by softmax policy" in enter("d.suggest()")
    enter("d = d.apply(softmax_policy)")
    refuted = enter(WRONG)
    assert "\x1b[31m✗ refuted\x1b[0m" in refuted
    assert "left = 0." in refuted and "right = 0." in refuted
    assert "\x1b[32m✓\x1b[0m" in enter(MENDED + "; d")
    enter('print(d.to_python("sigmoid"), file=open("sigmoid.py", "w"))')
    terminal.sendline("exit()")
    terminal.close()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "derivations.pytest_plugin", "--derivations", "sigmoid.py"]
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, "3 passed" in done.stdout) == (0, True), done.stdout


# -- a notebook ---------------------------------------------------------------------------------
def executed(notebook: nbformat.NotebookNode, folder: Path) -> list[list[dict[str, Any]]]:
    """The outputs of the code cells."""
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def test_in_a_notebook_chains_are_set_as_formulas(tmp_path):
    cells = ["%load_ext derivations\n" + SOFTMAX, "d = d.apply(softmax_policy); d", WRONG, MENDED + "; d"]
    cells.append('print(d.to_python("sigmoid"))')
    cells.append('try:\n    d.apply("chain-rule")\nexcept TermError as error:\n    print(error)')
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    _, applied, wrong, mended, kept, said = executed(notebook, tmp_path)
    assert applied[0]["data"]["text/latex"].startswith("$$\\begin{aligned}\n& \\pi(1 \\mid s) \\\\\n& \\quad = \\frac{")
    assert "✗ refuted" in wrong[0]["data"]["text/latex"]
    assert "✗ refuted" not in mended[0]["data"]["text/latex"]
    assert "sigmoid = (" in kept[0]["text"]
    assert said[0]["text"].startswith("chain-rule does not apply to")


def test_the_walk_through_attention_runs():
    notebook = nbformat.read(NOTEBOOKS / "attention.ipynb", as_version=4)
    assert (NOTEBOOKS / "attention.ipynb").stat().st_size < 10_000
    outputs = executed(notebook, NOTEBOOKS)
    assert any("image/png" in out.get("data", {}) for cell in outputs for out in cell)
    shown = [out["data"]["text/latex"] for cell in outputs for out in cell if "text/latex" in out.get("data", {})]
    assert len(shown) >= 4
    assert not any("refuted" in formula or "? open" in formula for formula in shown)


def test_the_formulas_of_a_chain_are_balanced():
    z = symbols("z")

    shown = derive(exp(z)).eq(exp(-z))._repr_latex_()
    assert shown is not None and shown.count("{") == shown.count("}")
