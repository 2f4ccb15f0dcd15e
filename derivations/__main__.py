"""`python -m derivations` is the command `derivations`."""

from derivations.cli import main

main()
