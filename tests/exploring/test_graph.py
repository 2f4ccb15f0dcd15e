"""The graph of results: as text, and as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from derivations import derive, exp, symbols
from derivations.catalogue import load_all
from derivations.exploring.graph import graph


def test_what_is_cited_twice_is_shown_once():
    x = symbols("x")
    double = derive(x + x).eq(2 * x).qed(x + x, "=", 2 * x)
    other = derive(x + x + x).eq(3 * x, by=double).qed(x + x + x, "=", 3 * x)
    chain = derive(exp(x + x)).eq(exp(2 * x), by=double).eq(exp(x) ** 2)
    assert str(chain.graph()) == "this chain  ✓  exp(x + x) = exp(x)²\n  a result  ✓  x + x = 2 x"
    both = derive(x + x + x + x).eq(x + 3 * x, by=other).eq(2 * x + 2 * x, by=[double, other])
    assert str(both.graph()).splitlines()[-1] == "  a result  ✓  x + x = 2 x  (see above)"


def test_every_result_is_a_box_within_the_picture():
    chain = next(one.derivation for one in load_all() if one.entry.name == "bellman_of_action")
    made = graph(chain)
    root = ElementTree.fromstring(made._repr_svg_())
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    boxes = [box.attrib for box in root if box.tag.endswith("rect")]
    assert len(boxes) == 4
    for box in boxes:
        assert float(box["x"]) + float(box["width"]) <= wide
        assert float(box["y"]) + float(box["height"]) <= high
    words = [text.text or "" for text in root if text.tag.endswith("text")]
    assert {"bellman_of_action  ✓", "value_of_action  ✓", "value_of_state  ✓", "return_recursion  ✓"} <= set(words)
    assert all(len(text) <= 46 for text in words)
