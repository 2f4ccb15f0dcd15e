"""CPU time of whole processes, against `import sympy`: medians of five, with compiled bytecode.

Not run by default: `pytest tests/benchmarks`.
"""

from __future__ import annotations

import os
import statistics
import sys
from functools import cache

import pytest

COMMAND = "from derivations.cli import main; main()"
ROUNDS = 5

AT_MOST = {
    ("check",): 3.0,
    ("check", "--no-reproduce"): 1.0,
    ("--help",): 0.25,
    ("list",): 0.25,
}


def cpu_seconds(*arguments: str) -> float:
    """User and system time of one Python process; what it prints is thrown away."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.execv(sys.executable, [sys.executable, *arguments])
    _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return used.ru_utime + used.ru_stime


def median(*arguments: str) -> float:
    cpu_seconds(*arguments)  # compiles what is not compiled yet
    return statistics.median(cpu_seconds(*arguments) for _ in range(ROUNDS))


@cache
def import_sympy() -> float:
    return median("-c", "import sympy")


@pytest.mark.parametrize("arguments", AT_MOST, ids=" ".join)
def test_cpu_time(arguments: tuple[str, ...]) -> None:
    used = median("-c", COMMAND, *arguments)
    print(f"derivations {' '.join(arguments)}: {used:.2f} s, {used / import_sympy():.2f} of `import sympy`")
    assert used <= AT_MOST[arguments] * import_sympy()
