"""A display taken apart into chains and statements."""

import pytest

from derivations.reading.displays import chains_of
from derivations.reading.environments import display, math_environment
from derivations.reading.extract import Extract


def read(latex: str, environment: str = ""):
    source = Extract.whole(latex)
    name, inner = (environment, source) if environment else math_environment(source)
    return chains_of(display(inner, name, (0, 0)))


def said(latex: str, environment: str = "") -> list[str]:
    """Each chain on a line: its word, its start, its links."""
    rows = []
    for chain in read(latex, environment):
        links = " ".join(f"{link.sign} {' '.join(link.body.text.split())}" for link in chain.links)
        rows.append(
            " ".join(part for part in (chain.joint, chain.word, " ".join(chain.start.text.split()), links) if part)
        )
    return rows


def test_rows_that_begin_with_a_sign_go_on():
    assert said(r"a &= b \\ &= c \\ &\leq d", "align") == ["a = b = c <= d"]


def test_rows_with_a_left_side_of_their_own_are_statements():
    assert said(r"a &= b \\ c &= d", "align") == ["a = b", "c = d"]


def test_a_row_that_begins_with_an_operator_goes_on_where_it_is_aligned():
    assert said(r"a &= b \\ &+ c \\ &= d", "align") == ["a = b + c = d"]
    assert said(r"a = b \\ - c = d", "gather") == ["a = b", "- c = d"]


def test_a_row_may_end_with_its_operator_or_its_sign():
    assert said(r"a = b + \\ c", "gather") == ["a = b + c"]
    assert said(r"a &= b = \\ &= c", "align") == ["a = b = c"]


def test_a_bracket_may_go_on_in_the_next_row():
    split = r"a &= \left[ b - \right. \\ &\hphantom{=} \quad \left. c \right] \\ &= d"
    assert said(split, "align") == [r"a = \left[ b - c \right] = d"]
    assert said(r"a &= \left( b \right. \\[2pt] &\left. + c \right)", "align") == [r"a = \left( b + c \right)"]


def test_a_bracket_that_does_not_go_on_stays_open():
    assert said(r"a &= \left[ b \right. \\ c &= d", "align") == [r"a = \left[ b \right", "c = d"]
    assert said(r"a &= \left[ b \right. \\ &= \left. c \right]", "align") == [r"a = \left[ b \right = \left. c \right]"]


def test_multline_is_one_formula():
    assert said(r"a = b \\ + c \\ + d", "multline") == ["a = b + c + d"]


def test_signs_inside_brackets_groups_and_environments_are_no_links():
    assert said(r"P(X = x) = \sum_{i=1}^n a_i = \left[ u = v \right]") == [
        r"P(X = x) = \sum_{i=1}^n a_i = \left[ u = v \right]"
    ]
    cases = r"f(x) = \begin{cases} 1 & \text{if } x = 0 \\ 2 & x > 0 \end{cases}"
    assert said(cases) == [cases]


def test_full_stops_and_spaces_at_the_end_are_no_part():
    assert said(r"\mathrm{Var}(X) = p \, (1-p) \; .") == [r"\mathrm{Var}(X) = p \, (1-p)"]
    assert said(r"a = 0.5,\quad") == ["a = 0.5"]


def test_words_separate_statements():
    assert said(r"a = b \quad \text{and} \quad c = d") == ["a = b", "and c = d"]
    assert said(r"a \leq b, \quad \text{if} \quad c \leq d") == ["a <= b", "if c <= d"]
    assert said(r"a_i = b_i \quad \text{for all } i = 1, \ldots, n") == ["a_i = b_i", r"for all i = 1, \ldots, n"]


def test_commas_separate_statements_and_not_arguments():
    assert said(r"a = 1, \quad b = 2") == ["a = 1", "and b = 2"]
    assert said(r"a = f(1, 2), b = 2") == ["a = f(1, 2)", "and b = 2"]
    assert said(r"i = 1, \ldots, n") == [r"i = 1, \ldots, n"]


def test_equivalence_and_implication_bind_loosest():
    assert said(r"x^2 = 4 \iff x = 2") == ["x^2 = 4", "<=> x = 2"]
    assert said(r"Z \geq 0 \quad \Rightarrow \quad E \geq 0") == ["Z >= 0", "=> E >= 0"]
    assert said(r"a &= b \\ \iff c &= d", "align") == ["a = b", "<=> c = d"]


def test_what_stands_above_a_sign_or_beside_a_line_is_its_reason():
    (chain,) = read(r"a \overset{\eqref{eq:1}}{=} b \stackrel{(4)}{=} c")
    assert [(link.sign, link.over) for link in chain.links] == [("=", r"\eqref{eq:1}"), ("=", "(4)")]
    (chain,) = read(r"a &= b && \text{by linearity} \\ &= c && \text{(Jensen)}", "align")
    assert [(link.body.text.strip(), link.over) for link in chain.links] == [("b", "by linearity"), ("c", "(Jensen)")]


@pytest.mark.parametrize("sign", [":=", r"\coloneqq", r"\doteq", r"\triangleq", r"\overset{\text{def}}{=}", "≔"])
def test_each_sign_of_definition_is_one(sign):
    (chain,) = read(rf"f(x) {sign} x^2")
    assert [link.sign for link in chain.links] == [":="]


def test_names_in_text_are_names():
    assert said(r"\text{Attention}(Q) = \text{softmax}(Q) V") == [r"\text{Attention}(Q) = \text{softmax}(Q) V"]


def test_a_number_at_the_end_is_no_part_of_the_formula():
    assert said(r"\begin{aligned} a &= b \end{aligned} \quad (5)") == ["a = b"]


def test_a_display_of_many_rows_is_read_in_linear_time():
    from time import perf_counter

    def seconds(rows):
        start = perf_counter()
        read(r"a_{1} &= (b + c) \\ ".join([""] * rows), "align")
        return perf_counter() - start

    assert seconds(10_000) < 40 * seconds(1000) + 0.5


def test_a_transpose_at_the_end_of_a_row_is_no_arrow():
    assert said(r"(A B)^\top &= B^\top A^\top \\ &= C", "align") == [r"(A B)^\top = B^\top A^\top = C"]
