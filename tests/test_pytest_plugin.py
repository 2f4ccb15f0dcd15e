"""The pytest plugin, by what it prints and writes: sessions of pytest run within these tests."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from derivations import derive, log, symbols

pytest_plugins = ["pytester"]

x = symbols("x")

DERIVATIONS = '''
"""Two chains."""
from derivations import derive, exp, log, symbols

y, z = symbols("y z")

slope = (
    derive(exp(z) / (1 + exp(z)))
    .eq(1 / (1 + exp(z)))
    .eq(exp(-z) / (1 + exp(-z)))
    .qed(exp(z) / (1 + exp(z)), "=", exp(-z) / (1 + exp(-z)))
)
logarithm = derive(log(y * z)).eq(log(y) + log(z), by="logarithm-laws").qed(log(y * z), "=", log(y) - log(z))
'''

REFUTED = """
{place}:8  slope, step 1 of 2{gap}REFUTED
    exp(z)/(1 + exp(z))  =  1/(1 + exp(z))
  the link is not plain algebra and cites no reason
  with z = 1:   left = 0.73105857863000488 ± *   right = 0.26894142136999512 ± *
  left − right = (exp(z) - 1)/(exp(z) + 1)
  try  correct the line: no reason can prove it
"""

OPEN = """
file.py:12  logarithm, step 1 of 1                                                          OPEN
    log(y z)  =  log y + log z
  by   logarithm-laws
  logarithm-laws applies to `log(y z)`, but the condition `y > 0` is not known
"""

WHOLE = """
file.py:12  logarithm                                                                       OPEN
  the chain ends at `log y + log z`, but the statement at `log y - log z`
"""


@pytest.fixture(scope="module", autouse=True)
def engine():
    """Import the engine once: pytester forgets what a session imports."""
    derive(log(x)).eq(1).check()


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest on what the test has written: in this process, or in one of its own."""
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(*arguments: object, apart: bool = False):
        command = pytester.runpytest_subprocess if apart else pytester.runpytest_inprocess
        return command("-p", "derivations.pytest_plugin", *arguments)

    return run


def written(text: str, **places: str) -> list[str]:
    """The lines of a text that is compared whole, except for the digits of bounds."""
    return [line.replace("[", "[[]") for line in text.format(**places).strip("\n").split("\n")]


def test_each_link_is_a_test_and_what_fails_explains_itself(pytester, run):
    pytester.makepyfile(file=DERIVATIONS)
    result = run("-v", "--derivations", "file.py")
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.re_match_lines(
        [
            r"file\.py::slope::step 1 FAILED",
            r"file\.py::slope::step 2 PASSED",
            r"file\.py::slope::qed PASSED",
            r"file\.py::logarithm::step 1 FAILED",
            r"file\.py::logarithm::qed FAILED",
        ]
    )
    result.stdout.fnmatch_lines(
        ["_* slope, step 1 _*", *written(REFUTED, place="file.py", gap=" " * 60)], consecutive=True
    )
    result.stdout.fnmatch_lines(["_* logarithm, step 1 _*", *written(OPEN)], consecutive=True)
    result.stdout.fnmatch_lines(["_* logarithm, qed _*", *written(WHOLE)], consecutive=True)
    result.stdout.fnmatch_lines(
        [
            "FAILED file.py::slope::step 1 - REFUTED: exp(z)/(1 + exp(z)) = 1/(1 + exp(z)) is false with z = 1",
            "FAILED file.py::logarithm::step 1 - OPEN: logarithm-laws applies to `log(y z)`, but the con*",
            "FAILED file.py::logarithm::qed - OPEN: the chain ends at `log y + log z`, but the statement*",
        ],
        consecutive=True,
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


IDLE = """
from derivations import derive, symbols
x = symbols("x")
twice = derive(x + x).eq(2 * x, by="chain-rule").qed(x + x, "=", 2 * x)
"""


def test_what_was_not_needed_is_a_warning_and_fails_where_that_is_asked_for(pytester, run):
    pytester.makepyfile(file=IDLE)
    run("--derivations", "file.py").assert_outcomes(passed=2, warnings=1)
    result = run("--derivations", "file.py", "--derivations-strict")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*NOT NEEDED: holds by plain algebra; `chain-rule` was not needed"])


@pytest.mark.parametrize(
    "arguments, selected",
    [
        (["-k", "slope and qed"], ["file.py::slope::qed"]),
        (["-k", "logarithm-laws"], ["file.py::logarithm::step 1"]),
        (["-m", "not derivation"], []),
        (["-m", "notes", "-k", "slope"], ["file.py::slope::step 1", "file.py::slope::step 2", "file.py::slope::qed"]),
        (["file.py::slope::step 2"], ["file.py::slope::step 2"]),
    ],
)
def test_links_are_selected_by_name_reason_marker_and_node_id(pytester, run, arguments, selected):
    pytester.makepyfile(file=DERIVATIONS + "import pytest\npytestmark = pytest.mark.notes\n")
    pytester.makeini("[pytest]\nderivations = file.py\nmarkers = notes: of the notes\n")
    result = run("--strict-markers", "--collect-only", "-q", *arguments)
    assert [line for line in result.outlines if "::" in line] == selected


def test_the_last_failures_are_run_again(pytester, run):
    pytester.makepyfile(file=DERIVATIONS)
    run("--derivations", "file.py").assert_outcomes(passed=2, failed=3)
    run("--lf", "--derivations", "file.py").assert_outcomes(failed=3)


def test_with_xdist_the_same_links_fail_with_the_same_words(pytester, run):
    pytester.makepyfile(file=DERIVATIONS)
    result = run("-p", "xdist", "-n", "2", "--derivations", "file.py", apart=True)
    result.assert_outcomes(passed=2, failed=3)
    for lines in (written(REFUTED, place="file.py", gap=" " * 60), written(OPEN), written(WHOLE)):
        result.stdout.fnmatch_lines(lines, consecutive=True)


def test_junit_names_the_link(pytester, run):
    pytester.makepyfile(file=DERIVATIONS)
    run("--derivations", "file.py", "--junitxml=out.xml", "-k", "slope")
    cases = list(ElementTree.parse("out.xml").iter("testcase"))
    assert [(case.get("classname"), case.get("name")) for case in cases] == [
        ("file.slope", "step 1"),
        ("file.slope", "step 2"),
        ("file.slope", "qed"),
    ]
    failure = cases[0].find("failure")
    assert failure is not None
    assert failure.get("message") == "REFUTED: exp(z)/(1 + exp(z)) = 1/(1 + exp(z)) is false with z = 1"
    assert failure.text is not None and failure.text.startswith("file.py:8  slope, step 1 of 2 ")


def test_a_folder_gives_the_files_that_hold_derivations(pytester, run):
    pytester.mkdir("notes")
    pytester.path.joinpath("notes/good.py").write_text(
        "from derivations import derive, symbols\nx = symbols('x')\n"
        "good = derive(x + x).eq(2 * x).qed(x + x, '=', 2 * x)\n"
    )
    pytester.path.joinpath("notes/other.py").write_text("raise SystemExit('is not to be run')\n")
    pytester.path.joinpath("notes/test_both.py").write_text(
        "from derivations import derive, symbols\nx = symbols('x')\n"
        "zero = derive(x - x).eq(0).qed(x - x, '=', 0)\ndef test_zero(): assert zero\n"
    )
    pytester.makepyfile(test_beside="def test_beside(): pass")
    result = run("-v", "--derivations", "notes")
    result.assert_outcomes(passed=5)
    result.stdout.no_fnmatch_line("*test_beside*")
    run("-v", "--derivations", "notes", "--", "test_beside.py").assert_outcomes(passed=6)


@pytest.mark.parametrize(
    "content, message",
    [
        ("x = (", "file.py:1: is no valid Python: '(' was never closed"),
        ("x = 1", "file.py:1: defines no derivation: *"),
        (
            "from derivations import log, oo\n\nlog(oo)",
            "file.py:3: TermError: log needs a number, but `∞` is no quantity",
        ),
    ],
)
def test_a_file_that_gives_no_derivation_is_one_message(pytester, run, content, message):
    pytester.makepyfile(file=content)
    result = run("--derivations", "file.py")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["_* ERROR collecting file.py _*", message, "=*"], consecutive=True)


def test_a_failing_assert_on_a_derivation_explains_it(pytester, run):
    pytester.makepyfile(file=DERIVATIONS)
    pytester.makepyfile(
        """
        from derivations import derive, symbols
        from file import slope

        def test_by_name():
            assert slope

        def test_by_its_report():
            assert slope.check(), "for the sheet"

        def test_in_a_line():
            z = symbols("z")
            assert derive(z).eq(z + 1)
        """
    )
    result = run()
    result.assert_outcomes(failed=3)
    explained = ["E   " + line for line in written(REFUTED, place="file.py", gap=" " * 55)]
    explained[0] = explained[0].replace("slope, step", "derivation, step")
    as_shown = [
        ">       assert slope",
        "E       assert slope",
        *(line.replace("E   ", "E       ", 1) for line in explained),
    ]
    result.stdout.fnmatch_lines(as_shown, consecutive=True)
    result.stdout.fnmatch_lines(
        ["E       AssertionError: for the sheet", "E       assert slope.check()"], consecutive=True
    )
    result.stdout.fnmatch_lines(
        [
            "E       assert derive(z).eq(z + 1)",
            "E       test_a_failing_assert_on_a_derivation_explains_it.py:12  derivation, step 1 of 1 *REFUTED",
            "E           z  =  z + 1",
            "E         the link is not plain algebra and cites no reason",
            "E         with z = 1:   left = 1   right = 2",
            "E         left − right = -1",
            "E         try  correct the line: no reason can prove it",
        ],
        consecutive=True,
    )
    result.stdout.no_fnmatch_line("*Report(*")


def test_assert_proves_is_silent_or_explains(pytester, run):
    pytester.makepyfile(
        """
        from derivations import assert_proves, exp, log, symbols

        y, z = symbols("y z")

        def test_algebra():
            assert_proves(exp(z) * exp(-z), "=", 1)

        def test_by_a_rule():
            assert_proves(log(y * z), "=", log(y) + log(z), by="logarithm-laws", given=[y > 0, z > 0])

        def test_without_its_hypotheses():
            assert_proves(log(y * z), "=", log(y) + log(z), by="logarithm-laws")
        """
    )
    result = run()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            ">       assert_proves(log(y * z), *",
            "E       AssertionError: log(y z) = log y + log z is open",
            "E       test_assert_proves_is_silent_or_explains.py:12  derivation, step 1 of 1 *OPEN",
            "E           log(y z)  =  log y + log z",
            "E         by   logarithm-laws",
            "E         logarithm-laws applies to `log(y z)`, but the condition `y > 0` is not known",
        ],
        consecutive=True,
    )
    result.stdout.no_fnmatch_line("*asserting.py*")


def test_the_command_line_and_pytest_agree_on_the_exercises(pytester, run):
    from derivations.catalogue import EXERCISES

    result = run("-q", "--derivations", str(EXERCISES))
    result.assert_outcomes(passed=result.parseoutcomes()["passed"])
    assert result.ret == 0


COST = """
import sys, time, pytest
from pathlib import Path
import importlib.metadata
before = time.process_time()
import derivations.pytest_plugin
print(time.process_time() - before)
"""

IMPORTED = """
import sys
def test_nothing_of_it(request):
    for name in ("sympy", "flint", "networkx", "derivations.derivation", "derivations.catalogue"):
        assert name not in sys.modules
"""


def test_a_session_that_has_no_derivations_pays_next_to_nothing(pytester, run):
    seconds = min(float(subprocess.check_output([sys.executable, "-c", COST])) for _ in range(5))
    assert seconds < 0.02
    pytester.makepyfile(IMPORTED)
    run(apart=True).assert_outcomes(passed=1)
