"""CPU time of whole processes, against `import sympy`: medians of five, with compiled bytecode.

Not run by default: `pytest tests/benchmarks`.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path

import pytest

COMMAND = "from derivations.cli import main; main()"
ROUNDS = 5
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PATH"] = os.path.dirname(sys.executable)  # no LaTeX: a PDF is not what is timed

AT_MOST = {
    ("check",): 3.0,
    ("check", "--no-reproduce"): 1.0,
    ("--help",): 0.25,
    ("list",): 0.25,
    ("build", "--no-cache"): 3.0,
    ("build",): 0.5,  # nothing has changed since
}


def cpu_seconds(*arguments: str) -> float:
    """User and system time of one Python process; what it prints is thrown away."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.execve(sys.executable, [sys.executable, *arguments], ENVIRONMENT)
    _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return used.ru_utime + used.ru_stime


def against_sympy(*arguments: str) -> tuple[float, float]:
    """Medians of a process and of `import sympy`, in turns, so that both meet the same machine."""
    ours, theirs = [], []
    cpu_seconds(*arguments)  # compiles what is not compiled yet
    cpu_seconds("-c", "import sympy")
    for _ in range(ROUNDS):
        ours.append(cpu_seconds(*arguments))
        theirs.append(cpu_seconds("-c", "import sympy"))
    return statistics.median(ours), statistics.median(theirs)


@pytest.mark.parametrize("arguments", AT_MOST, ids=" ".join)
def test_cpu_time(arguments: tuple[str, ...], tmp_path: Path) -> None:
    out = ("--out", str(tmp_path)) if arguments[0] == "build" else ()
    ours, theirs = against_sympy("-c", COMMAND, *arguments, *out)
    print(f"derivations {' '.join(arguments)}: {ours:.2f} s, {ours / theirs:.2f} of `import sympy` ({theirs:.2f} s)")
    assert ours <= AT_MOST[arguments] * theirs
