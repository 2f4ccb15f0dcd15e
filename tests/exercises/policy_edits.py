"""Slips in the exercises on policies (2024, Exercises 3.1 and 3.2)."""

from derivations import dot, e, log
from derivations.exercises.reinforcement_learning.eligibility import z
from derivations.exercises.reinforcement_learning.two_action_policy import a, h, policy, s, softmax_policy, theta, x

from .edit import Edit

# -- what the lines are made of --------------------------------------------------------
h0, h1 = h(s, 0, theta), h(s, 1, theta)
left, right = 1 / (1 + e ** (-z)), 1 / (1 + e**z)
slope_left, slope_right = e ** (-z) / (1 + e ** (-z)), e**z / (1 + e**z)
pi_0, pi_1, pi_a = policy(0, s, theta), policy(1, s, theta), policy(a, s, theta)

FALSE = [
    # 2024, Exercise 3.1
    Edit("sigmoid", 1, "a sign in the denominator", e**h1 / (e**h1 - e**h0), "REFUTED"),
    Edit("sigmoid", 1, "the other action above", e**h0 / (e**h1 + e**h0), "REFUTED"),
    Edit("sigmoid", 1, "one action twice", e**h1 / (e**h1 + e**h1), "REFUTED"),
    Edit("sigmoid", 1, "the exponential forgotten", h1 / (h1 + h0), "REFUTED"),
    Edit("sigmoid", 2, "the difference turned round", 1 / (1 + e ** (h1 - h0)), "REFUTED"),
    Edit("sigmoid", 2, "1 − for 1 +", 1 / (1 - e ** (h0 - h1)), "REFUTED"),
    Edit("sigmoid", 2, "a sum in the exponent", 1 / (1 + e ** (h0 + h1)), "REFUTED"),
    Edit("sigmoid", 2, "a factor left above", e**h1 / (1 + e ** (h0 - h1)), "REFUTED"),
    Edit("sigmoid", 3, "the sign of the exponent", 1 / (1 + e**z), "REFUTED"),
    Edit("sigmoid", 3, "another argument", 1 / (1 + e ** (-dot(theta, theta))), "REFUTED"),
    Edit("sigmoid", 3, "the hypothesis is not given", 1 / (1 + e ** (-z)), "REFUTED", given=(softmax_policy,)),
    # 2024, Exercise 3.2
    Edit("closed_form", 1, "the exponents swapped", left ** (1 - a) * (1 - left) ** a, "REFUTED"),
    Edit("closed_form", 1, "the sign of an exponent", right**a * (1 - left) ** (1 - a), "REFUTED"),
    Edit("closed_form", 1, "a sum of the two factors", left**a + (1 - left) ** (1 - a), "REFUTED"),
    Edit("closed_form", 1, "the hypothesis is not given", left**a * (1 - left) ** (1 - a), "REFUTED",
         given=(softmax_policy,)),
    Edit("closed_form", 2, "1 − σ(z) taken for σ(z)", left**a * left ** (1 - a), "REFUTED"),
    Edit("closed_form", 2, "a − 1 for 1 − a", left**a * right ** (a - 1), "REFUTED"),
    Edit("closed_form", 2, "one exponent for both", left**a * right**a, "REFUTED"),
    Edit("log_policy", 1, "the first sign", a * log(1 + e ** (-z)) + (a - 1) * log(1 + e**z), "REFUTED"),
    Edit("log_policy", 1, "1 − a for a − 1", -a * log(1 + e ** (-z)) + (1 - a) * log(1 + e**z), "REFUTED"),
    Edit("log_policy", 1, "the exponentials swapped", -a * log(1 + e**z) + (a - 1) * log(1 + e ** (-z)), "REFUTED"),
    Edit("log_policy", 1, "a dropped factor", -log(1 + e ** (-z)) + (a - 1) * log(1 + e**z), "REFUTED"),
    Edit("log_policy", 1, "a logarithm forgotten", -a * (1 + e ** (-z)) + (a - 1) * log(1 + e**z), "REFUTED"),
    Edit("gradient", 1, "a sign", -a * x(s) * slope_left + (a - 1) * x(s) * slope_right, "REFUTED"),
    Edit("gradient", 1, "the inner derivative forgotten", a * x(s) * left + (a - 1) * x(s) * right, "REFUTED"),
    Edit("gradient", 1, "θ for x(s)", a * theta * slope_left + (a - 1) * theta * slope_right, "REFUTED"),
    Edit("gradient", 1, "1 − a for a − 1", a * x(s) * slope_left + (1 - a) * x(s) * slope_right, "REFUTED"),
    Edit("gradient", 2, "the actions swapped", a * x(s) * pi_1 + (a - 1) * x(s) * pi_0, "REFUTED"),
    Edit("gradient", 2, "one action twice", a * x(s) * pi_0 + (a - 1) * x(s) * pi_0, "REFUTED"),
    Edit("gradient", 2, "π(a) for π(1)", a * x(s) * pi_0 + (a - 1) * x(s) * pi_a, "REFUTED"),
    Edit("eligibility", 1, "1 − a for a − 1", a * x(s) * pi_0 + (1 - a) * x(s) * pi_1, "REFUTED"),
    Edit("eligibility", 2, "the other sign", (-1) ** a * x(s) * (1 - pi_a), "REFUTED"),
    Edit("eligibility", 2, "no sign", x(s) * (1 - pi_a), "REFUTED"),
    Edit("eligibility", 2, "π for 1 − π", (-1) ** (1 - a) * x(s) * pi_a, "REFUTED"),
    Edit("eligibility", 2, "a fixed action", (-1) ** (1 - a) * x(s) * (1 - pi_1), "REFUTED"),
    Edit("eligibility", 2, "θ for x(s)", (-1) ** (1 - a) * theta * (1 - pi_a), "REFUTED"),
]  # fmt: skip

TRUE = [
    Edit("closed_form", 1, "1 − σ(z) is σ(−z)", left**a * right ** (1 - a), "PROVED"),
    Edit("gradient", 2, "1 − π(a) for π(1): only a = 0 matters, but to see that takes cases",
         a * x(s) * pi_0 + (a - 1) * x(s) * (1 - pi_a), "OPEN"),
    Edit("eligibility", 2, "(−1)^{a−1} and (−1)^{1−a} are equal", (-1) ** (a - 1) * x(s) * (1 - pi_a), "PROVED"),
    Edit("eligibility", 2, "1 − π(a) is π of the other action, but closed_form is not needed for that",
         (-1) ** (1 - a) * x(s) * policy(1 - a, s, theta), "PROVED"),
]  # fmt: skip
