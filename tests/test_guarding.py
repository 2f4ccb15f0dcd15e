"""Links judged in a process of their own: ended in time, without a trace, and else judged as ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import derivations
from derivations import guarding
from derivations.budget import Limits
from derivations.catalogue import load_all, load_file
from derivations.checking import check
from derivations.cli import main
from derivations.kernel.report import Report, Verdict

SLOW = '''
"""Exercise 9: a rule that takes its time."""
import time
from pathlib import Path
from derivations import derive, exp, symbols
from derivations.kernel.reasons import Rule

x, y = symbols("x y")

def forever(term, facts):
    Path("begun").touch()
    while True:
        time.sleep(0.01)
    yield

def hungry(term, facts):
    held = []
    while True:
        held.append(bytearray(10**7))
    yield

slow = Rule("slow", "u = v", "nowhere", rewrite=forever)
large = Rule("large", "u = v", "nowhere", rewrite=hungry)

first = (
    derive((x + y) ** 2)
    .eq(x**2 + 2 * x * y + y**2)
    .eq(x**2 + y * y + 2 * x * y, by=REASON)
    .eq(x**2 + y**2)
    .qed((x + y) ** 2, "=", x**2 + y**2)
)
'''


def write(tmp_path: Path, reason: str = "slow") -> Path:
    """A chain whose second link never ends by itself; it is not plain algebra's, or the rule would not be asked."""
    path = tmp_path / "mine.py"
    path.write_text(SLOW.replace("x**2 + y * y + 2", "x**2 + y * y + 3").replace("REASON", reason))
    return path


def judged(path: Path, limits: Limits) -> Report:
    (loaded,) = load_file(path)
    return check(loaded.derivation, reproduce=False, limits=limits)


def test_a_link_that_is_out_of_time_is_open_and_the_others_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = judged(write(tmp_path), Limits(seconds=1.5))
    assert [s.verdict for s in report.steps] == [Verdict.PROVED, Verdict.OPEN, Verdict.REFUTED]
    ended = report.steps[1]
    assert ended.finding.problem == "the budget of 1.5 seconds was spent before the link was decided"
    assert ended.finding.tries == ("split the step into smaller ones, or allow more (--seconds, --memory)",)
    assert ended.by == ("slow",) and ended.reasons
    assert 1.4 < ended.seconds < 10


def test_a_link_that_is_out_of_memory_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = judged(write(tmp_path, "large"), Limits(megabytes=200))
    assert [s.verdict for s in report.steps] == [Verdict.PROVED, Verdict.OPEN, Verdict.REFUTED]
    assert report.steps[1].finding.problem == "the budget of 200 MB of memory was spent before the link was decided"


def test_a_fault_of_ours_is_no_spent_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a slip of ours")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("derivations.checking.cite", fail)
    monkeypatch.setattr("derivations.checking._failed", fail)
    with pytest.raises(RuntimeError, match=r"judging a link failed:(.|\n)*ZeroDivisionError: a slip of ours"):
        judged(write(tmp_path), Limits(megabytes=2000))


def test_what_is_known_before_the_end_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's word stays when the models, or SymPy, take too long."""

    def forever(*_: object) -> None:
        time.sleep(60)

    import derivations.models.search as search
    import derivations.reproduce as reproduce

    monkeypatch.setattr(search, "refute", forever)
    monkeypatch.setattr(reproduce, "reproduce", forever)
    x, y = derivations.symbols("x y")
    chain = derivations.derive(x * (x + y)).eq(x**2 + x * y).eq(x)
    report = check(chain, limits=Limits(seconds=0.7))
    first, second = report.steps
    assert first.verdict is Verdict.PROVED and first.finding.certificate is not None
    assert first.reproduction is not None and first.reproduction.operation is None
    assert first.reproduction.note == "the budget of 0.7 seconds was spent before SymPy was done"
    assert second.verdict is Verdict.OPEN
    assert second.finding.problem == (
        "the link is not plain algebra and cites no reason\n"
        "the budget of 0.7 seconds was spent before a counterexample was found"
    )


def test_verdicts_are_the_same_with_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates, witnesses and messages included, for the worked exercises and for wrong derivations."""
    wrong = Path(__file__).parent / "should_fail"
    monkeypatch.chdir(wrong)
    files = [path for path in sorted(wrong.glob("*.py")) if not path.stem.startswith("test_")][::4]
    chains = [one.derivation for one in load_all()[::6]] + [c.derivation for f in files for c in load_file(f)]
    for chain in chains:
        plain = check(chain, reproduce=False)
        kept = check(chain, reproduce=False, limits=Limits(seconds=120, megabytes=4000))
        assert [_but_time(s) for s in kept.steps] == [_but_time(s) for s in plain.steps]
        assert (kept.verdict, kept.rests_on, kept.problems) == (plain.verdict, plain.rests_on, plain.problems)


def _but_time(step: object) -> object:
    from dataclasses import replace

    return replace(step, seconds=0.0)  # type: ignore[type-var]


def test_no_process_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    judged(write(tmp_path), Limits(seconds=0.5))
    import multiprocessing

    assert multiprocessing.active_children() == []


def test_where_processes_cannot_be_forked_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guarding.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    with pytest.raises(SystemExit) as end:
        main(["check", "--seconds", "1", "unit_variance"])
    assert end.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "Error: limits of time and memory (--seconds, --memory) need an operating system that can fork, "
        "which this is not"
    )
    with pytest.raises(SystemExit) as end:
        main(["check", "--no-reproduce", "--steps", "10000", "unit_variance"])
    assert end.value.code == 0


# -- on the command line ----------------------------------------------------------------------
def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "derivations", *arguments], cwd=cwd, env=environment(cwd),
                          capture_output=True, text=True, timeout=120)  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    root = str(Path(derivations.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": root, "XDG_CACHE_HOME": str(home / "cache"), "COLUMNS": "100"}


def test_check_with_limits(tmp_path: Path) -> None:
    write(tmp_path)
    done = run("check", "--no-reproduce", "--seconds", "1", "mine.py", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr == ""
    assert (
        "mine.py:28  first, step 2 of 3                                                              OPEN\n"
        "    x² + 2 x y + y²  =  x² + y y + 3 x y\n"
        "  by   slow\n"
        "  the budget of 1 second was spent before the link was decided\n"
        "  try  split the step into smaller ones, or allow more (--seconds, --memory)\n"
    ) in done.stdout


def test_build_with_limits_keeps_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "sheet.toml").write_text('exercises = ["small.py"]')
    (tmp_path / "small.py").write_text(
        "from derivations import derive, symbols\nx = symbols('x')\n"
        "d = derive(x + x).eq(2 * x).qed(x + x, '=', 2 * x)\n"
    )
    for options in (["--seconds", "60"], ["--steps", "2"]):
        done = run("build", "sheet.toml", "--format", "text", "--no-reproduce", *options, cwd=tmp_path)
        assert done.returncode == (0 if options[0] == "--seconds" else 3), done.stdout
        kept = [path.name for path in (tmp_path / "cache").rglob("*.json")]
        assert not [name for name in kept if not name.startswith("imports-")]


@pytest.mark.parametrize("wrong", [["--steps", "-1"], ["--seconds", "0"], ["--memory", "0"], ["--seconds", "soon"]])
def test_limits_that_are_none(wrong: list[str], tmp_path: Path) -> None:
    done = run("check", *wrong, cwd=tmp_path)
    assert done.returncode == 2 and f"Invalid value for '{wrong[0]}'" in done.stderr


# -- Ctrl-C -----------------------------------------------------------------------------------
def interrupted(arguments: list[str], cwd: Path, begun: Callable[[], bool], **more: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command that gets a Ctrl-C once it has begun, all its processes included."""
    child = subprocess.Popen(
        [sys.executable, "-m", "derivations", *arguments], cwd=cwd, env={**environment(cwd), **more},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not begun():
            assert child.poll() is None and time.monotonic() < until, child.communicate()
            time.sleep(0.02)
        os.killpg(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=20)
        with pytest.raises(ProcessLookupError):  # none is left in the group
            os.killpg(child.pid, 0)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
    return child.returncode, out, err


@pytest.mark.parametrize("limits", [[], ["--seconds", "100"], ["--memory", "2000"]])
def test_check_is_interrupted(tmp_path: Path, limits: list[str]) -> None:
    write(tmp_path)
    begun = (tmp_path / "begun").exists
    code, out, err = interrupted(["check", "--no-reproduce", *limits, "mine.py"], tmp_path, begun)
    assert (code, out, err.strip()) == (130, "", "interrupted")


@pytest.mark.parametrize("limits", [[], ["--seconds", "100"]])
def test_build_is_interrupted(tmp_path: Path, limits: list[str]) -> None:
    write(tmp_path)
    (tmp_path / "sheet.toml").write_text('exercises = ["mine.py"]')
    code, out, err = interrupted(["build", "sheet.toml", *limits], tmp_path, (tmp_path / "begun").exists)
    assert (code, out, err.strip()) == (130, "", "interrupted")
    assert not (tmp_path / "build").exists()


def test_latex_is_interrupted(tmp_path: Path) -> None:
    """What was there before stays, and the LaTeX does not run on."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("latexmk", "pdflatex"):
        (tools / name).write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid.new; mv {tmp_path}/pid.new {tmp_path}/pid\n"
                                  "echo half > sheet.pdf\nexec sleep 600\n")  # fmt: skip
        (tools / name).chmod(0o755)
    (tmp_path / "sheet.toml").write_text('exercises = ["unit_variance"]')
    out = tmp_path / "build"
    out.mkdir()
    (out / "solutions.pdf").write_text("of last week")
    os.utime(out / "solutions.pdf", (0, 0))
    pid = tmp_path / "pid"
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    code, _, err = interrupted(["build", "sheet.toml", "--pdf", "--no-reproduce"], tmp_path, pid.exists, PATH=path)
    assert (code, err.strip()) == (130, "interrupted")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert (out / "solutions.pdf").read_text() == "of last week"
    assert sorted(path.name for path in out.iterdir()) == ["solutions.pdf", "solutions.tex"]


def test_a_process_whose_parent_is_gone_ends(tmp_path: Path) -> None:
    write(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-m", "derivations", "check", "--no-reproduce", "--seconds", "100", "mine.py"],
        cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    while not (tmp_path / "begun").exists():
        assert child.poll() is None
        time.sleep(0.02)
    child.kill()
    child.wait()
    until = time.monotonic() + 10
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(child.pid, 0)
            time.sleep(0.1)


def test_a_link_that_takes_long_is_named(tmp_path: Path) -> None:
    from derivations.commands._watching import Watch

    code = "from derivations.commands import _watching; _watching.Watch.__init__.__defaults__ = (0.5,); "
    assert Watch().seconds == 10
    path = write(tmp_path)
    path.write_text(
        path.read_text()
        .replace("while True:\n        time.sleep(0.01)", "time.sleep(1.5 * (not held)); held.append(1); return")
        .replace("def forever", "held = []\ndef forever")
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{code}from derivations.cli import main; main(['check','--no-reproduce','mine.py'])"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == (
        "mine.py:28: first, step 2 of 3: judged for 0.5 seconds so far "
        "(Ctrl-C ends it, --seconds leaves such links open)\n"
    )
