"""The sheet as LaTeX."""

import re
from dataclasses import replace

import pytest

from derivations import Eq, Sum, derive, diff, dot, exp, function, oo, symbols, vector
from derivations.kernel.report import Finding, Verdict
from derivations.sheets import compose, latex, latex_chain, pdf
from derivations.sheets.breaking import parts, together
from derivations.sheets.escaping import escape, quoting
from derivations.sheets.formulas import formula

from .examples import C, loaded, report, small_chain, variance_chain, x

SPECIAL = r"50 % of a_b & {c} cost $3 #1 ~x^2 \ <θ| “q” ≤ ᵀ é 漢"


def render(*checked) -> str:
    return latex.render(compose.sheet("Solutions", checked))


def body(*checked) -> str:
    """What stands between the preamble and the end, without the marks for the PDF's own contents and for readers."""
    unmarked = re.sub(r"\\pdfbookmark\[.\]\{.*?\}\{.*?\}|% derivations: .*\n\n?", "", render(*checked))
    return unmarked.partition(r"\begin{document}")[2]


def test_the_sheet_says_in_comments_what_its_names_are_so_that_it_can_be_read_back():
    chain = small_chain()
    assert "% derivations: x: number\n" in render((loaded(chain), report(chain)))


def test_a_problem_has_a_title_assumptions_the_chain_with_reasons_and_tags_and_what_it_rests_on():
    chain = small_chain()
    assert (
        body((loaded(chain), report(chain)))
        == r"""

\begin{center}\LARGE Solutions\end{center}

All numbers are real unless something else is said.
The reason for a line stands beside it. A chain is closed by $\square$ when every link of it is proved.

\section*{Examples}

\subsection*{2030, Exercise 1.1: an example}

\place{example}\textbf{Example.} Given $f(x) = x^2$ for all $x$; $C > 0$.
\begin{flalign*}
  f(x) - y &= x^2 - y && \reason{$f(x) = x^2$} \\
   &= x x - y && \tag{3}
\end{flalign*}

{\footnotesize Rests on: standard Gaussians.}\hspace*{\fill}$\square$

\end{document}
"""
    )


def test_a_line_that_is_not_proved_is_marked():
    chain = small_chain()
    judged = report(chain, [Finding(Verdict.REFUTED), Finding(Verdict.OPEN)])
    lines = body((loaded(chain), judged)).splitlines()
    assert r"  f(x) - y &= x^2 - y && \reason{$f(x) = x^2$ \refuted} \\" in lines
    assert r"   &= x x - y && \reason{\leftopen} \tag{3}" in lines
    assert any(line.endswith(r"\hspace*{\fill}\refuted") for line in lines)


def test_the_statement_closes_a_chain_that_proves_it():
    chain = small_chain().qed(small_chain().start, "=", x * x - symbols("y"))
    assert "Hence $\\displaystyle f(x) - y = x x - y$." in body((loaded(chain), report(chain)))


def test_a_result_of_another_sheet_is_cited_with_its_exercise():
    earlier = replace(derive(x + x).eq(2 * x, tag="9").qed(x + x, "=", 2 * x), name="twice", exercise="Sheet 1")
    chain = derive(x + x + C).eq(2 * x + C, by=earlier)
    assert r"\reason{by (9) of Sheet 1}" in body((loaded(chain), report(chain)))
    both = body((loaded(earlier, "twice"), report(earlier)), (loaded(chain), report(chain)))
    assert "of Sheet 1" not in both


def test_a_heading_stands_with_its_first_problem():
    made = latex.render(compose.sheet("Problems", [(loaded(small_chain()), None)], variant="problems"))
    assert re.search(r"\\needroom\{105mm\}\s*\\section\*.*\s*\\subsection\*", made)


def test_problems_of_the_whole_chain_are_told():
    chain = small_chain()
    judged = replace(report(chain), verdict=Verdict.OPEN, problems=("ends without qed",))
    assert "\n\nEnds without qed.\n\n" in body((loaded(chain), judged))


def test_a_definition_is_cited_by_what_it_defines():
    from derivations import definition

    pi, s, h = function("pi"), symbols("s", space="S"), function("h")
    policy = definition(pi(s), h(s))
    text = body((loaded(derive(pi(s), given=[policy]).eq(h(s), by=policy)), None))
    assert r"\reason{definition of $\pi$}" in text
    assert r"Given $\pi(s) \coloneqq h(s)$." in text


def test_a_rule_is_cited_in_words():
    from derivations.kernel.reasons import Rule

    rule = Rule("law-of-total-expectation", "", "a textbook")
    text = body((loaded(derive(x).eq(x + 0, by=rule)), None))
    assert r"\reason{\rulelink{rule-law-of-total-expectation}{law of total expectation}}" in text
    assert r"\place{rule-law-of-total-expectation}\textbf{Law of total expectation.}" in text


def test_what_is_quoted_is_typed():
    assert quoting("`x_1 ≤ 2` is excluded by `x > 3`.") == (
        r"\texttt{x\_1 $\leq$ 2} is excluded by \texttt{x \textgreater{} 3}."
    )


def test_special_characters_of_prose_are_escaped():
    assert escape(SPECIAL) == (
        r"50 \% of a\_b \& \{c\} cost \$3 \#1 \textasciitilde{}x\textasciicircum{}2 \textbackslash{} "
        r"\textless{}$\theta$\textbar{} ``q'' $\leq$ ${}^{\top}$ é [U+6F22]"
    )


def test_one_file_makes_one_problem_and_a_section_stands_once():
    chain = small_chain()
    other = loaded(variance_chain(), "second")
    text = body((loaded(chain), None), (other, None))
    assert text.count(r"\section*{Examples}") == text.count(r"\subsection*") == 1
    assert text.count(r"\begin{flalign*}") == 2


def wide_chain():
    T = symbols("T")
    term = diff(exp(T / C) / (exp(T / C) + exp(-T / C) + exp(2 * T / C)), T)
    return derive(term).eq(term + term + term - term - term).tends_to(term * term * term, T, oo)


def test_a_very_long_sum_breaks_before_its_signs_and_reads_as_the_same_formula():
    chain = wide_chain()
    line = chain.steps[0].link.rhs
    for _ in range(10):
        line = line + chain.start
    rows = latex_chain.broken(formula(line))
    assert len(rows) == 15
    assert "".join(rows) == line.latex


@pytest.mark.parametrize("line", [one.latex for one in wide_chain().lines])
def test_the_parts_of_a_formula_are_the_formula(line):
    term = next(one for one in wide_chain().lines if one.latex == line)
    assert together(parts(term)) == line


def test_where_a_line_may_be_broken():
    def breaks(term):
        return [(part.sort, part.latex) for part in parts(term)]

    f, g, t = function("f"), function("g"), symbols("t")
    u, v = dot(vector("u", 2), vector("v", 2)), vector("v", 2)
    assert breaks(Eq(f(x), -x + f(x) * (x + 1) - 3)) == [
        ("", "f(x)"),
        ("=", " = -x"),
        ("+", " + f(x)"),
        ("*", " (x + 1)"),
        ("+", " - 3"),
    ]
    assert breaks(Sum(f(t) * g(t), (t, 1, 3))) == [("", r"\sum_{t=1}^{3} f(t)"), ("*", " g(t)")]
    assert breaks(diff(f(x) * g(x), x) * 2) == [
        ("", r"\left(\frac{\partial}{\partial x} f(x) g(x)\right)"),
        ("*", r" \cdot 2"),
    ]
    assert [sort for sort, _ in breaks(u * v)] == ["", "|"]  # no cross before a vector


def test_a_bracket_that_is_wider_than_a_line_is_broken_inside():
    f = function("f")
    _, bracket = parts(f(x) * (x / 2 + f(x)))
    assert bracket.latex == r" \left(\frac{x}{2} + f(x)\right)"
    assert [part.latex for part in bracket.inside] == [r" \biggl(\frac{x}{2}", r" + f(x)\biggr)"]


def test_tex_breaks_what_is_wider_than_its_room_and_scales_only_what_cannot_be_broken():
    text = body((loaded(wide_chain()), None))
    assert r"&\to \fitlines{0.61\linewidth}{\left(" in text
    assert "%\n  \\breaktimes \\piece{\\frac{\\partial}{\\partial T}" in text
    assert r"\fit{0.6" not in text


@pytest.mark.skipif(not pdf.available(), reason="no latexmk with pdflatex here: the sheet is not compiled")
def test_latex_compiles_it_without_warnings(tmp_path):
    long = small_chain()
    for _ in range(20):
        long = long.eq(long.end + 1).eq(long.end)
    chains = [small_chain(), variance_chain(), wide_chain(), long]
    checked = [(loaded(c, f"chain_{n}", SPECIAL, SPECIAL), report(c)) for n, c in enumerate(chains)]
    tex = tmp_path / "sheet.tex"
    tex.write_text(latex.render(compose.sheet(SPECIAL, checked)), "utf-8")
    pdf.build(tex, tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert pdf.complaints(tex) == []
