"""Runs that were played once and are kept, to see that every later game computes the same.

`store` reads and writes them, `verdicts` says what the game makes of one today, `recipes` says
how each was played. `make golden` prints the table; how to read it stands in `docs/golden.md`.
"""
