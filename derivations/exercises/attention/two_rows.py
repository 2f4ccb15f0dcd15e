"""Attention with two rows: what Exercises 2.3 to 2.5 are given."""

from derivations import definition, diff, dot, exp, matrix, random_family, softmax, standard_gaussians, symbols
from derivations.exercises.attention.attention_matrix import C, d_k

q, k = random_family("q", 2, d_k), random_family("k", 2, d_k)
Q, K = matrix("Q", q), matrix("K", k)
T = symbols("T")
i = symbols("i", integer=True)
gaussian = standard_gaussians(q, k)
gap = definition(T, dot(q[1], k[2] - k[1]), name="definition of T")
derivative = diff(softmax(Q @ K.T / C)[1, 1], q[1, 1])
gradient_in_T = (k[1, 1] - k[2, 1]) / C * (exp(T / C) / (1 + exp(T / C)) ** 2)
