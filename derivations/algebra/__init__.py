"""Normal forms and signs: what a term means, computed in python-flint."""
