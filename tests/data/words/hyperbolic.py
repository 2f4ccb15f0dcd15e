"""The hyperbolic functions: a vocabulary that a test adds to the package from a folder of its own."""

from derivations.terms.arithmetic import Exp, Smooth, scalar
from derivations.terms.signs import POSITIVE


class Cosh(Smooth):
    """cosh(operand), of which normal forms know nothing but its sign."""

    word = "cosh"
    SYMPY = "cosh"

    @classmethod
    def from_sympy(cls, expression, read):
        return cls(read(expression.args[0]))

    def signs(self, ring):
        return POSITIVE

    def slope(self, d):
        yield Sinh(self.operand) * d(self.operand), ()

    def value(self, model):
        return model((Exp(self.operand) + Exp(-self.operand)) / 2)


class Sinh(Smooth):
    """sinh(operand), which is read as (e^u − e^{−u})/2."""

    word = "sinh"
    SYMPY = "sinh"

    @classmethod
    def from_sympy(cls, expression, read):
        return cls(read(expression.args[0]))

    def _exponentials(self):
        return (Exp(self.operand) - Exp(-self.operand)) / 2

    def normal(self, ring):
        return ring(self._exponentials())

    def slips(self):
        yield "function", Cosh(self.operand)

    def value(self, model):
        return model(self._exponentials())


def cosh(x):
    """The hyperbolic cosine of x."""
    return Cosh(scalar(x, "cosh"))


def sinh(x):
    """The hyperbolic sine of x."""
    return Sinh(scalar(x, "sinh"))


PUBLIC = {"cosh": cosh, "sinh": sinh}
