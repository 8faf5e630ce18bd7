"""How fast the game is, always as a ratio measured side by side in one run: `make bench`.

Machines are noisy, so no test looks at a time; these figures are for people.
"""
