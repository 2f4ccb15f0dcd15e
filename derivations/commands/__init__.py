"""The commands of the command line: one file each, which binds `command`.

They are imported for `derivations --help`: what is slow to import is imported
inside the function.
"""
