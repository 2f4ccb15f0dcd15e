"""The sheet as one static page."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import derivations.catalogue as catalogue
from derivations.kernel.report import Finding, Verdict
from derivations.sheets import document, html
from derivations.sheets.mathml import converts, math
from derivations.sheets.model import Formula, Link, Problem, Record, RuleText, Section, Sheet, Words

from .examples import loaded, report, small_chain


def formulas(part):
    """The LaTeX of every formula in a part of a sheet."""
    if isinstance(part, Formula):
        yield part.latex
        yield from (piece.latex for piece in part.pieces)
    elif isinstance(part, RuleText):
        yield part.statement
        yield part.conditions
    elif isinstance(part, (tuple, Record)):
        for inside in part if isinstance(part, tuple) else part.__dict__.values():
            yield from formulas(inside)


def page(*chains, **changes):
    problem = Problem("Exercise 1", "", chains=chains)
    return html.render(Sheet("A & <B>", (Section("", (problem,)),), **changes))


def test_every_formula_of_the_catalogue_is_set_as_mathml():
    shown = tuple(document.chain(one) for one in catalogue.load_all(catalogue.sources()))
    found = set(formulas(shown)) - {""}
    assert len(found) > 300
    assert [latex for latex in found if not converts(latex)] == []


def test_every_rule_is_set_as_mathml():
    from derivations.rules import rules

    written = [latex for rule in rules().values() for latex in (rule.statement, rule.conditions) if latex]
    assert [latex for latex in written if not converts(latex)] == []


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\mathbb{E}", "<mi>𝔼</mi>"),
        (r"\boldsymbol{\theta}", "<mi>𝜽</mi>"),
        (r"\mathbf{0}", "<mn>𝟎</mn>"),
        (r"\mathrm{softmax}", "<mi>softmax</mi>"),
        (r"\operatorname{arg\,max}_a", '<mi>arg</mi><mspace width="0.167em" /><mi>max</mi>'),
        (r"\log x", '<mi>log</mi><mspace width="0.167em" /><mi>x</mi>'),
        (r"x \sim y", "<mo>∼</mo>"),
        (r"\text{<b> & c}", "&lt;b&gt;"),
    ],
)
def test_letters_and_names_are_what_mathml_core_shows(latex, shown):
    made = math(latex)
    assert shown in made
    assert not re.search(r'mathvariant="(?!normal)', made)


def test_what_is_no_latex_is_shown_as_it_was_typed():
    assert math(r"\nosuch{<}") == r'<code class="tex">\nosuch{&lt;}</code>'


def test_prose_is_escaped():
    assert "<title>A &amp; &lt;B&gt;</title>" in page()
    chain = replace(document.chain(loaded(small_chain())), called="<script>", remarks=("`a<b` & c",))
    made = page(chain)
    assert "<script" not in made
    assert "<code>a&lt;b</code> &amp; c" in made


def test_a_line_that_is_not_proved_is_marked_in_words():
    found = [Finding(Verdict.PROVED), Finding(Verdict.OPEN)]
    made = page(document.chain(loaded(small_chain()), report(small_chain(), found)))
    assert made.count('<strong class="mark open">open</strong>') == 1


def test_what_a_chain_rests_on_is_a_link_to_its_given():
    chain = document.chain(loaded(small_chain()), report(small_chain()))
    chain = replace(chain, rests_on=(chain.given[0], (Words("something else"),)))
    made = page(chain)
    place = re.search(r'<span id="([^"]*-given-1)">', made)[1]
    assert f'resting on <a href="#{place}">' in made
    assert ", something else</p>" in made


def test_a_rule_opens_where_it_is_linked_to():
    rule = RuleText("some-rule", "x = x", "x > 0", "a < book")
    chain = document.chain(loaded(small_chain()))
    line = replace(chain.lines[0], reasons=((Link("rule some-rule", (Words("some rule"),)),),))
    made = page(replace(chain, lines=(line,), rules=(rule,)))
    assert '<a href="#rule-some-rule">some rule</a>' in made
    assert '<details><summary>Some rule</summary>\n<div id="rule-some-rule">' in made
    assert "<p>A &lt; book</p>" in made


def test_the_page_is_well_formed_stands_alone_and_its_headings_are_in_order():
    made = page(document.chain(loaded(small_chain()), report(small_chain())))
    unclosed, levels = [], []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in ("meta",):
                unclosed.append(tag)
            levels.extend([int(tag[1])] if re.fullmatch(r"h\d", tag) else [])

        def handle_endtag(self, tag):
            assert unclosed.pop() == tag

        def handle_startendtag(self, tag, attrs):
            pass

    Reader().feed(made)
    assert unclosed == []
    assert levels == [1, 2, 3, 4]
    assert '<html lang="en">' in made
    assert not re.search(r"<script|<link|src=|https?:", made)
    places = re.findall(r' id="([^"]*)"', made)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]*)"', made)) <= set(places)
