"""Sheet 1, Exercise 3: right for one action, wrong for the other."""

from derivations import by_cases, derive, diff, differentiation, exp, log, symbols

a = symbols("a", values=(0, 1))
z = symbols("z")
log_policy = -a * log(1 + exp(-z)) + (a - 1) * log(1 + exp(z))

score = (
    derive(diff(log_policy, z))
    .eq(1 - 1 / (1 + exp(-z)), by=[differentiation, by_cases(a)])
    .qed(diff(log_policy, z), "=", 1 - 1 / (1 + exp(-z)))
)
