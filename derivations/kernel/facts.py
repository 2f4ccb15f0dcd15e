"""The context under its old name; see `derivations.context`."""

from derivations.context.facts import Fact, Facts, Proposition, Prover, facts_of

__all__ = ["Fact", "Facts", "Proposition", "Prover", "facts_of"]
