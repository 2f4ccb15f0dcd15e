"""The laws of the logarithm, each with the signs that it needs."""

from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Row, Rule
from derivations.terms.arithmetic import PowerDefined, Sqrt, log
from derivations.terms.relations import relation

u, v, a = metavariables("u v a")

logarithm_laws = Rule(
    "logarithm-laws",
    r"\log(uv) = \log u + \log v, \quad \log\frac{u}{v} = \log u - \log v, \quad \log u^a = a \log u",
    "any textbook of calculus, e.g. Spivak, Calculus, ch. 18",
    r"u > 0,\ v > 0",
    rows=(
        # log(uv) = log u + log v
        Row(log(u * v), log(u) + log(v), (relation(u, ">", 0), relation(v, ">", 0))),
        # log(1/v) = −log v
        Row(log(1 / v), -log(v), (relation(v, ">", 0),)),
        # log(u/v) = log u − log v
        Row(log(u / v), log(u) - log(v), (relation(u, ">", 0), relation(v, ">", 0))),
        # log u^a = a log u
        Row(log(u**a), a * log(u), (relation(u, ">", 0), PowerDefined(u, a))),
        # log √u = ½ log u
        Row(log(Sqrt(u)), log(u) / 2, (relation(u, ">", 0),)),
    ),
    operation="expand_log",
)
