"""Whole runs a second through the rules, without words, in one process."""

from __future__ import annotations

import time
from statistics import median
from typing import Final

from scenes import find_pack, load_pack
from state_machine import Walker, advance, begin
from state_machine.bots import PERSONAS, decisions
from state_machine.lifecycle import Stepper, successor

RUNS: Final = 60
ROUNDS: Final = 5


def measure() -> None:
    """Print whole runs a second by look-up and by machine, and how long the pack takes to load."""
    begun = time.perf_counter()
    pack = load_pack(find_pack("larder"))
    loading = time.perf_counter() - begun
    runs = [
        [decision for decision, _ in decisions(pack, seed, PERSONAS["random"]) if decision]
        for seed in range(RUNS)
    ]

    def rate(step: Stepper) -> float:
        started = time.perf_counter()
        for seed, made in enumerate(runs):
            outcome = begin(pack, seed, step=step)
            for decision in made:
                outcome = advance(pack, outcome.run, decision, step=step)
        return RUNS / (time.perf_counter() - started)

    by_table, by_machine = [], []
    for _ in range(ROUNDS):
        by_table.append(rate(successor))
        by_machine.append(rate(Walker()))
    each = sum(map(len, runs)) / RUNS
    print(f"Whole runs of larder through the rules, {each:.0f} decisions each")
    print(f"  by look-up         {median(by_table):6.0f} runs a second")
    print(f"  by the machine     {median(by_machine):6.0f} runs a second")
    times = median(by_table) / median(by_machine)
    print(f"  look-up is {times:.1f}x as fast; the pack loads in {loading * 1000:.0f} ms")
