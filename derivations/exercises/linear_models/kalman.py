"""Linear models, Exercise 4: two forms of the Kalman update."""

from derivations import derive, identity, matrix, positive_definite, symbols
from derivations.writing import prose

n, m = symbols("n m", positive=True, integer=True)
P, R = matrix("P", n, n), matrix("R", m, m)
H = matrix("H", m, n)
covariances = (positive_definite(P), positive_definite(R))

innovation = H @ P @ H.T + R
information = P**-1 + H.T @ R**-1 @ H
gain = P @ H.T @ innovation**-1

two_gains = (
    derive(gain, given=covariances)
    .eq(information**-1 @ (information @ P @ H.T) @ innovation**-1)
    .eq(information**-1 @ (H.T @ R**-1 @ innovation) @ innovation**-1)
    .eq(information**-1 @ H.T @ R**-1)
    .qed(gain, "=", information**-1 @ H.T @ R**-1)
)

update = (
    derive(P - gain @ H @ P, given=covariances)
    .eq(P - information**-1 @ H.T @ R**-1 @ H @ P)
    .eq(information**-1 @ (information - H.T @ R**-1 @ H) @ P)
    .eq(information**-1)
    .qed(P - gain @ H @ P, "=", information**-1)
)

joseph = (
    derive(P - gain @ H @ P, given=covariances)
    .eq((identity(n) - gain @ H) @ P @ (identity(n) - gain @ H).T + gain @ R @ gain.T)
    .qed(P - gain @ H @ P, "=", (identity(n) - gain @ H) @ P @ (identity(n) - gain @ H).T + gain @ R @ gain.T)
)

PROBLEM = prose(
    "With positive definite {P} and {R} let the gain be {gain}. Show that it is {other}, that the updated covariance "
    "{update} is {information}, and that it is {joseph}, which stays positive semidefinite when it is rounded.",
    P=P, R=R, gain=gain, other=two_gains.statement.rhs, update=P - gain @ H @ P, information=information**-1,
    joseph=joseph.statement.rhs,
)  # fmt: skip
REMARK = prose("Source: Anderson and Moore, Optimal Filtering, sections 6.3 and 6.5.")
