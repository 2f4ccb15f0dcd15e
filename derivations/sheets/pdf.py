"""From LaTeX to PDF, with the LaTeX of the machine if there is one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from derivations.sheets import files

SECONDS = 120


class PdfError(Exception):
    """LaTeX did not make a PDF; the message holds the part of its log that says why."""


def available() -> bool:
    """Is there a latexmk with a pdflatex?"""
    return shutil.which("latexmk") is not None and shutil.which("pdflatex") is not None


def is_current(tex: Path, pdf: Path) -> bool:
    """Was this PDF made after the last change of its source?"""
    return pdf.is_file() and pdf.stat().st_mtime_ns >= tex.stat().st_mtime_ns


def build(tex: Path, pdf: Path, seconds: float = SECONDS) -> None:
    """Compile `tex` and put the result at `pdf`, whole or not at all.

    It runs in a temporary folder, without shell escape, and no longer than
    `seconds`. Raises PdfError with an excerpt of the log.
    """
    with tempfile.TemporaryDirectory(prefix="derivations-") as folder:
        files.write(pdf, _compiled(tex, Path(folder), seconds).read_bytes())


def complaints(tex: Path, seconds: float = SECONDS) -> list[str]:
    """The warnings and the overfull boxes that LaTeX reports of `tex` in its last run."""
    with tempfile.TemporaryDirectory(prefix="derivations-") as folder:
        _compiled(tex, Path(folder), seconds)
        log = (Path(folder) / "sheet.log").read_text("latin-1").splitlines()
    return [line for line in log if "Warning" in line or line.startswith(("Overfull", "Missing character"))]


def _compiled(tex: Path, work: Path, seconds: float) -> Path:
    (work / "sheet.tex").write_bytes(tex.read_bytes())
    finished = _run(work, seconds)
    made = work / "sheet.pdf"
    if not finished or not made.is_file():
        reason = f"  no PDF after {seconds:g} seconds" if finished is None else excerpt(work / "sheet.log")
        raise PdfError(f"LaTeX could not set {tex}:\n{reason}")
    return made


def _run(folder: Path, seconds: float) -> bool | None:
    """Did latexmk succeed? None if it was out of time."""
    options = ["-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]
    process = subprocess.Popen(
        ["latexmk", *options, "sheet.tex"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that pdflatex can be stopped together with latexmk
    )
    try:
        return process.wait(seconds) == 0
    except BaseException as stopped:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(stopped, subprocess.TimeoutExpired):
            return None
        raise


def excerpt(log: Path, lines: int = 6) -> str:
    """The first error in a LaTeX log, with the lines around it that say where."""
    if not log.is_file():
        return "  (it wrote no log)"
    text = log.read_text("latin-1").splitlines()
    start = next((number for number, line in enumerate(text) if line.startswith("!")), max(0, len(text) - lines))
    return "\n".join(f"  {line}" for line in text[start : start + lines])
