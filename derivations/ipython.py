"""`%load_ext derivations`: IPython shows chains as they stand, judged, and says plainly what went wrong.

- chains, reports, steps, rules, definitions, hypotheses and witnesses show themselves: aligned text in a
  terminal, in colour where it has some, aligned LaTeX in a notebook
- the cell magic `%%derivation` reads a plain chain, one line a row, with the reasons after `by`
- Tab completes the names of rules in strings, after `by=` and `apply(`
- an error of the engine is one line, without a look inside
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from derivations.derivation import Derivation, derive
from derivations.exploring.asking import Words
from derivations.exploring.showing import ansi, latex, plain, text
from derivations.exploring.suggest import Suggestions
from derivations.kernel.reasons import Definition, Hypothesis, Rule
from derivations.kernel.report import Report, StepReport, Witness
from derivations.rules import rules
from derivations.terms.relations import SIGNS
from derivations.terms.term import TermError

SHOWN = (Derivation, Report, StepReport, Witness, Rule, Definition, Hypothesis)
ENGINE = str(Path(__file__).parent)


def load(shell: Any) -> None:
    """Teach an IPython shell to show derivations; what `%load_ext derivations` does."""
    formats = shell.display_formatter.formatters
    colour = hasattr(shell, "pt_app") and sys.stdout.isatty() and shell.colors.lower() != "nocolor"
    paint = ansi if colour else plain
    for kind in SHOWN:
        formats["text/plain"].for_type(kind, lambda thing, printer, cycle: printer.text(text(thing, paint)))
        formats["text/latex"].for_type(kind, latex)
    for words in (Words, Suggestions):
        formats["text/plain"].for_type(words, lambda thing, printer, cycle: printer.text(repr(thing)))
    shell.set_custom_exc((TermError, TypeError, AttributeError), _say)
    shell.register_magic_function(lambda line, cell: _magic(shell, line, cell), "cell", "derivation")
    _complete(shell)


# -- errors ----------------------------------------------------------------------------
def _say(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None) -> None:
    """An error that the engine raised on purpose, in one line; any other as IPython shows it."""
    innermost = trace
    while innermost is not None and innermost.tb_next is not None:
        innermost = innermost.tb_next
    ours = innermost is not None and innermost.tb_frame.f_code.co_filename.startswith(ENGINE)
    if isinstance(error, TermError) or ours:
        shown = [f"{kind.__name__}: {error}"]
    else:
        shown = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
    shell._showtraceback(kind, error, shown)


# -- %%derivation ----------------------------------------------------------------------
_SIGNS = sorted({*SIGNS, "==", "≠", "≤", "≥", "→", "⟺"}, key=len, reverse=True)
_ROW = re.compile(rf"(?P<sign>{'|'.join(map(re.escape, _SIGNS))})\s*(?P<line>.*)", re.DOTALL)
_APPROACH = re.compile(r"(?P<line>.*)\(\s*(?P<variable>\S+)\s*(?:→|->)\s*(?P<point>\S+)\s*\)\s*", re.DOTALL)


def _magic(shell: Any, line: str, cell: str) -> Derivation | None:
    """The chain of a cell; its name and what is given stand on the first line.

    %%derivation slope given [sigmoid]
    diff(sigma(z), z)
      = diff(1 / (1 + exp(-z)), z)                  by sigmoid
      = exp(-z) / (1 + exp(-z))**2                  by differentiation
      ~ exp(-z)  (z -> oo)                          by dominant_term
    qed
    """
    name, _, given = (part.strip() for part in line.partition("given"))
    if name and not name.isidentifier():
        raise TermError(f"`{name}` is no name for a chain: write %%derivation NAME given [REASONS]")
    start, *rows = _rows(cell)
    chain = derive(_value(shell, start), _value(shell, given) if given else ())
    for row in rows:
        chain = _closed(chain) if row == "qed" else _linked(shell, chain, row)
    if name:
        shell.user_ns[name] = chain
    return chain


def _rows(cell: str) -> list[str]:
    """The rows, with those that neither start with a sign nor are the first put to the row before."""
    rows: list[str] = []
    for line in cell.splitlines():
        row = line.strip()
        if row and (not rows or row == "qed" or _ROW.match(row)):
            rows.append(row)
        elif row:
            rows[-1] += " " + row
    if not rows:
        raise TermError("the cell holds no chain: write its first line, then `= …` with the reasons after `by`")
    return rows


def _linked(shell: Any, chain: Derivation, row: str) -> Derivation:
    found = _ROW.match(row)
    assert found is not None
    body, _, reasons = _split(found["line"])
    at = _APPROACH.fullmatch(body) if found["sign"] in ("~", "->", "→") else None
    if at is None:
        return chain.link(found["sign"], _value(shell, body), by=_reasons(shell, reasons))
    where = _value(shell, at["variable"]), _value(shell, at["point"])
    return chain.link(found["sign"], _value(shell, at["line"]), *where, by=_reasons(shell, reasons))


def _split(row: str) -> tuple[str, str, str]:
    before, by, reasons = (row + " ").rpartition(" by ")
    return (before.strip(), by, reasons.strip()) if by else (row.strip(), "", "")


def _reasons(shell: Any, said: str) -> Any:
    """Reasons by their names in the session, or rules by theirs, separated by commas."""
    if not said:
        return None
    names = [part.strip() for part in said.split(",")]
    if all(re.fullmatch(r"[\w-]+", name) for name in names):
        return [shell.user_ns.get(name, name) for name in names]
    value = _value(shell, f"[{said}]")
    return list(value)


def _value(shell: Any, written: str) -> Any:
    try:
        return eval(compile(written.strip(), "<derivation>", "eval"), shell.user_global_ns, shell.user_ns)
    except SyntaxError as error:
        raise TermError(f"`{written.strip()}` cannot be read: {error.msg}") from None
    except NameError as error:
        raise TermError(f"in `{written.strip()}`: {error}") from None


def _closed(chain: Derivation) -> Derivation:
    """The chain with what it proves as its statement."""
    from derivations.kernel.chain import statement_of

    stated = statement_of(chain)
    if stated is None:
        raise TermError("the relations of the chain do not compose, so there is nothing to state")
    return chain.qed(stated.lhs, stated.sign, stated.rhs, stated.variable, stated.point)


# -- completion -------------------------------------------------------------------------
_CITED = re.compile(r"""(?:\bby\s*=\s*|\bapply\s*\(|,)\s*\[?\s*(["'])(?P<begun>[\w-]*)$""")


def _complete(shell: Any) -> None:
    """Names of rules, in strings where a reason is expected."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()
    def rule_names(context: Any) -> Any:
        found = _CITED.search(context.line_with_cursor[: context.cursor_position])
        begun = found["begun"] if found is not None else ""
        names = [name for name in rules() if found is not None and name.startswith(begun.replace("_", "-"))]
        completions = [SimpleCompletion(name, type="rule") for name in names]
        return {"completions": completions, "matched_fragment": begun, "suppress": bool(completions)}

    shell.Completer.custom_matchers.append(rule_names)
