"""What is given, and who speaks of whom.

Nothing else reads what a declaration carries: bounds, sizes, laws, definitions,
parameters. `names` says what is written in a term and in the sorts of that;
`speaking` closes this under definitions, equations and laws; `facts` is the
context: what is known at a place, and what of it survives below a binder.
"""
