"""The JSON of a check: a contract."""

import json

from derivations import derive, symbols
from derivations.kernel.report import Condition, Finding, Verdict
from derivations.sheets.json import document

from .examples import C, d_k, report, small_chain, variance_chain

DERIVATION = {"name", "exercise", "file", "verdict", "stated", "matches_stated", "given", "rests_on", "steps"}
STEP = {
    "number", "equation", "relation", "lhs", "rhs", "by", "conditions", "verdict", "witness", "residual",
    "reproduced", "disputed", "seconds",
}  # fmt: skip


def refuted():
    finding = Finding(
        Verdict.REFUTED,
        residual=d_k / C**2,
        conditions=(Condition(C > 0, "division by C", ("C > 0",)), Condition(d_k > 0, "division by d_k", None)),
    )
    return report(variance_chain(), [finding])


def test_every_promised_key_is_there():
    made = document([refuted(), report(small_chain())])
    assert set(made) == {"derivations", "summary"}
    for derivation in made["derivations"]:
        assert set(derivation) >= DERIVATION
        for step in derivation["steps"]:
            assert set(step) >= STEP


def test_a_refuted_step():
    (derivation,) = document([refuted()])["derivations"]
    assert derivation["verdict"] == "REFUTED"
    assert derivation["stated"] == r"\mathbb{V}\left[\frac{\sum_{t=1}^{d_k} q_t}{C}\right] = \frac{d_k^2}{C^2}"
    assert derivation["given"] == [r"q_i\text{ independent standard Gaussian}"]
    (step,) = derivation["steps"]
    assert step["witness"] == {"values": {"d_k": "2", "C": "1"}, "left": "2", "right": "4"}
    assert step["residual"] == r"\frac{d_k}{C^2}"
    assert step["conditions"] == [
        {"condition": "C > 0", "discharged_by": ["C > 0"]},
        {"condition": "d_k > 0", "discharged_by": None},
    ]
    assert (step["verdict"], step["reproduced"], step["disputed"]) == ("REFUTED", None, False)


def test_how_a_float_was_read_is_said():
    x = symbols("x")
    (derivation,) = document([derive(0.5 * x + x / 2).eq(x).check(reproduce=False)])["derivations"]
    assert derivation["notes"] == ["`0.5` is read as exactly 1/2"]
    assert derivation["problems"] == [
        "the chain does not end in qed: state what it proves with .qed(lhs, relation, rhs)"
    ]


def test_a_proved_chain_without_a_statement():
    (derivation,) = document([report(small_chain())])["derivations"]
    assert (derivation["stated"], derivation["matches_stated"]) == (None, None)
    first, second = derivation["steps"]
    assert (first["number"], first["equation"], first["relation"], first["reproduced"]) == (1, None, "=", "doit")
    assert (second["equation"], second["lhs"], second["rhs"]) == ("3", "x^2 - y", "x x - y")


def test_the_summary_counts_derivations_and_links():
    assert document([refuted(), report(small_chain())])["summary"] == {
        "derivations": {"proved": 1, "refuted": 1, "open": 0},
        "links": {"proved": 2, "refuted": 1, "open": 0, "reproduced": 2, "disputed": 0},
    }


def test_it_is_plain_data():
    made = document([refuted()])
    assert json.loads(json.dumps(made)) == made
