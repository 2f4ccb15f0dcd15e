"""Sheet 8, Exercise 3: log₂ x is log x / log 2, not the other way round."""

from derivations import definition, derive, function, log, symbols

x = symbols("x", positive=True)
bits = function("log2")
binary = definition(bits(x), log(x) / log(2), name="binary logarithm")

entropy = derive(bits(x), given=[binary]).eq(log(2) / log(x), by=binary).qed(bits(x), "=", log(2) / log(x))
