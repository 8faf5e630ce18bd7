"""What the debrief costs: a run examined with all its alternatives, against playing it once."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Final, TypeVar

from benchmarks.figures import milliseconds, ratio
from scenes import find_pack, load_pack
from state_machine.bots import PERSONAS, decisions
from state_machine.counterfactual import examine

SEEDS: Final = (7, 8, 9)

T = TypeVar("T")


def measure() -> None:
    """Print the time to examine whole runs of larder and to play them once, side by side."""
    pack = load_pack(find_pack("larder"))
    playing, examining, reruns = [], [], []
    for persona in ("random", "sensible"):
        for seed in SEEDS:
            steps, once = _timed(lambda: list(decisions(pack, seed, PERSONAS[persona])))  # noqa: B023  # called at once
            examined, all_of_it = _timed(lambda: examine(pack, steps))  # noqa: B023  # called at once
            playing.append(once)
            examining.append(all_of_it)
            reruns.append(examined.reruns)
    print("Whole runs of larder examined for the debrief, on one core")
    print(f"  played once by a bot   {milliseconds(playing):>10}")
    print(f"  examined               {milliseconds(examining):>10}   {ratio(examining, playing)}")
    print(f"  {median(reruns):.0f} re-runs to the next gate or to the end")


def _timed(do: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    done = do()
    return done, time.perf_counter() - begun
