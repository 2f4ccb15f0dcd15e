"""Sheet 5, Exercise 5: a hypothesis that was made up on the way."""

from derivations import definition, derive, exp, function, symbols

z = symbols("z")
sigma = function("sigma")
logistic = definition(sigma(z), 1 / (1 + exp(-z)), name="logistic function")

made_up = derive(sigma(z)).eq(1 / (1 + exp(-z)), by=logistic).qed(sigma(z), "=", 1 / (1 + exp(-z)))
