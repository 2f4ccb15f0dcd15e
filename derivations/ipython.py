"""`%load_ext derivations`: IPython shows chains as they stand, judged, and says plainly what went wrong.

- chains, reports, steps, rules, definitions, hypotheses and witnesses show themselves: aligned text in a
  terminal, in colour where it has some, aligned LaTeX in a notebook
- the cell magic `%%derivation` reads a plain chain, one line a row, with the reasons after `by`
- the cell magic `%%latex_derivation` judges a derivation that is written in LaTeX
- Tab completes the names of rules in strings, after `by=` and `apply(`
- `variance_scaling?` shows what a rule states, under which conditions, and where it is proved
- the rules are there by their names, as `from derivations import chain_rule` would bring one
- an error of the engine is one line, without a look inside
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from derivations.derivation import Derivation, derive, reason_name
from derivations.exploring.graph import Graph
from derivations.exploring.showing import Words, ansi, citation, latex, plain, text
from derivations.exploring.suggest import Suggestions
from derivations.kernel.reasons import Definition, Hypothesis, Rule
from derivations.kernel.report import Report, StepReport, Witness
from derivations.rules import rules
from derivations.sheets.unicode import prose, unicode
from derivations.terms.probability import Independent, Law
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
    for words in (Words, Graph, Suggestions):
        formats["text/plain"].for_type(words, lambda thing, printer, cycle: printer.text(repr(thing)))
    shell.inspector.mime_hooks.update({"text/plain": _asked, "text/html": _asked})
    shell.set_custom_exc((Exception, KeyboardInterrupt), _say)
    shell.register_magic_function(lambda line, cell: _magic(shell, line, cell), "cell", "derivation")
    shell.register_magic_function(lambda line, cell: _latex_magic(shell, line, cell), "cell", "latex_derivation")
    shell.push({name: rule for name, rule in _rules().items() if name not in shell.user_ns}, interactive=False)
    _complete(shell)


def _rules() -> dict[str, Rule]:
    """The rules by their names in Python."""
    return {name.replace("-", "_"): rule for name, rule in rules().items()}


def _asked(asked: Any) -> list[tuple[str, str]] | None:
    """What `reason?` shows, as headings with words; None for what IPython knows better."""
    match asked.obj:
        case Rule() as rule:
            held = [("If", unicode(rule.conditions))] if rule.conditions else []
            stated = [("Rule", rule.name), ("States", unicode(rule.statement)), *held]
            return [*stated, ("Source", prose(rule.source)), ("Cited", citation(rule))]
        case Definition() | Hypothesis() as given:
            return [(type(given).__name__, text(given))]
    return None


# -- errors ----------------------------------------------------------------------------
def _say(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None) -> None:
    """An error that comes out of the engine, in one line; any other as IPython shows it."""
    at, ours = trace, False
    while at is not None:
        ours = ours or at.tb_frame.f_code.co_filename.startswith(ENGINE)
        at = at.tb_next
    if not ours:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        return
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    meant = isinstance(error, (TermError, TypeError, AttributeError, KeyboardInterrupt))
    said = f"{kind.__name__}: {error}" if str(error) else kind.__name__
    shell._showtraceback(kind, error, [said if meant else f"{said} (this should not happen; %tb shows where)"])


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
    with _in(start):
        begin = _value(shell, start)
    with _in(line):
        chain = derive(begin, _value(shell, given) if given else ())
    for row in rows:
        with _in(row):
            chain = _closed(chain) if row == "qed" else _linked(shell, chain, row)
    if name:
        shell.user_ns[name] = chain
    return chain


@contextmanager
def _in(row: str) -> Iterator[None]:
    """What goes wrong is said with the row in which it does."""
    try:
        yield
    except SyntaxError as error:
        raise TermError(f"`{row}` cannot be read: {error.msg}") from None
    except Exception as error:
        raise TermError(f"in `{row}`: {error}") from None


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
    if found is None:
        raise TermError("a row starts with a sign: =, ≤, ≥, <, >, ≠, ~, → or ⟺")
    body, _, said = _split(found["line"])
    if not body:
        raise TermError(f"nothing stands after `{found['sign']}`")
    reasons = _reasons(shell, chain, said)
    if found["sign"] not in ("~", "->", "→"):
        return chain.link(found["sign"], _value(shell, body), by=reasons)
    at = _APPROACH.fullmatch(body)
    if at is None:
        raise TermError(f"say of which variable `{found['sign']}` speaks, and where it goes: `exp(-z) (z → oo)`")
    where = _value(shell, at["variable"]), _value(shell, at["point"])
    return chain.link(found["sign"], _value(shell, at["line"]), *where, by=reasons)


def _split(row: str) -> tuple[str, str, str]:
    before, by, reasons = (row + " ").rpartition(" by ")
    return (before.strip(), by, reasons.strip()) if by else (row.strip(), "", "")


def _reasons(shell: Any, chain: Derivation, said: str) -> Any:
    """Reasons by their names: in the session, as they are shown, or as rules; or as Python."""
    if not said:
        return None
    named = {**{reason_name(reason): reason for reason in chain.given}, **shell.user_ns}
    names = [part.strip() for part in said.split(",")]
    if all(name in named or re.fullmatch(r"[a-z][\w -]*", name) for name in names):
        return [named.get(name, name.replace(" ", "-")) for name in names]
    return list(_value(shell, f"[{said}]"))


def _value(shell: Any, written: str) -> Any:
    return eval(compile(written.strip(), "<derivation>", "eval"), shell.user_global_ns, shell.user_ns)


def _closed(chain: Derivation) -> Derivation:
    """The chain with what it proves as its statement."""
    from derivations.kernel.chain import statement_of

    stated = statement_of(chain)
    if stated is None:
        raise TermError("the relations of the chain do not compose, so there is nothing to state")
    return chain.qed(stated.lhs, stated.sign, stated.rhs, stated.variable, stated.point)


def _latex_magic(shell: Any, line: str, cell: str) -> Words:
    r"""A derivation in LaTeX, judged line by line; names are those of the session, or declared in `% derivations:`.

    %%latex_derivation defined
    \sigma'(z) &= \frac{e^{-z}}{(1 + e^{-z})^2} \\
                &= \sigma(z) (1 - \sigma(z))
    """
    from derivations.documents.cell import judge_cell
    from derivations.documents.text import render

    names = {name: thing for name, thing in shell.user_ns.items() if not name.startswith("_")}
    return Words(render(judge_cell(cell, names, defined="defined" in line.split())).rstrip("\n"))


# -- completion -------------------------------------------------------------------------
_CITING = re.compile(
    r"""(?:\bby\s*=|\bapply\s*\()\s*    # where a reason is expected in Python,
    (?:\[?[\w\s"',-]*[\[,])?\s*         # the first, or behind others,
    (?P<quote>["']?)(?P<begun>[\w-]*)$""",  # as a string or as a name
    re.VERBOSE,
)
_CITING_IN_A_CELL = re.compile(r"\sby\s(?:[\w\s,-]*,)?\s*(?P<quote>)(?P<begun>[\w-]*)$")


def _complete(shell: Any) -> None:
    """Names of rules, and of what else can be cited, where a reason is expected."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()
    def reasons(context: Any) -> Any:
        line = context.line_with_cursor[: context.cursor_position]
        in_a_cell = context.full_text.lstrip().startswith("%%derivation") and not line.startswith("%%")
        found = (_CITING_IN_A_CELL if in_a_cell else _CITING).search(line)
        if found is None:
            return {"completions": []}
        names = list(rules()) if found["quote"] else _citable(shell)
        begun = found["begun"].replace("_", "-") if found["quote"] else found["begun"].replace("-", "_")
        completions = [SimpleCompletion(name, type="reason") for name in names if name.startswith(begun)]
        return {"completions": completions, "matched_fragment": found["begun"], "suppress": bool(completions)}

    shell.Completer.custom_matchers.append(reasons)


def _citable(shell: Any) -> list[str]:
    """The reasons of the session by their names, its own before the rules of the package."""
    kinds = (Rule, Definition, Hypothesis, Derivation, Law, Independent)
    own = [name for name, thing in shell.user_ns.items() if isinstance(thing, kinds) and not name.startswith("_")]
    return list(dict.fromkeys([*(name for name in own if name not in _rules()), *_rules()]))
