"""Identities of the sine, the cosine and the hyperbolic tangent."""

from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Row, Rule
from derivations.terms.arithmetic import cos, exp, sin, tanh

u, v = metavariables("u v")

addition_theorems = Rule(
    "addition-theorems",
    r"\sin(u \pm v) = \sin u \cos v \pm \cos u \sin v, \quad \cos(u \pm v) = \cos u \cos v \mp \sin u \sin v",
    "Spivak, Calculus, ch. 15",
    rows=(
        # sin(u ± v) = sin u cos v ± cos u sin v
        Row(sin(u + v), sin(u) * cos(v) + cos(u) * sin(v)),
        Row(sin(u - v), sin(u) * cos(v) - cos(u) * sin(v)),
        # cos(u ± v) = cos u cos v ∓ sin u sin v
        Row(cos(u + v), cos(u) * cos(v) - sin(u) * sin(v)),
        Row(cos(u - v), cos(u) * cos(v) + sin(u) * sin(v)),
        # sin 2u = 2 sin u cos u, cos 2u = cos² u − sin² u
        Row(sin(2 * u), 2 * sin(u) * cos(u)),
        Row(cos(2 * u), cos(u) ** 2 - sin(u) ** 2),
    ),
    operation="expand_trig",
)

hyperbolic_tangent = Rule(
    "hyperbolic-tangent",
    r"\tanh u = \frac{e^u - e^{-u}}{e^u + e^{-u}}",
    "Spivak, Calculus, ch. 18",
    # tanh u = (e^u − e^{−u})/(e^u + e^{−u})
    rows=(Row(tanh(u), (exp(u) - exp(-u)) / (exp(u) + exp(-u))),),
    operation="expand_trig",
)
