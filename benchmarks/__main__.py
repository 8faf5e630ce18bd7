"""`python -m benchmarks`: all of them, or those named."""

from __future__ import annotations

import sys

from benchmarks import debrief, first_frame, saved_runs, turn, whole_runs

MEASURES = {
    "first-frame": first_frame.measure,
    "turn": turn.measure,
    "whole-runs": whole_runs.measure,
    "debrief": debrief.measure,
    "saved-runs": saved_runs.measure,
}

unknown = [name for name in sys.argv[1:] if name not in MEASURES]
if unknown:
    sys.exit(f"there is no benchmark `{unknown[0]}`; there are {', '.join(MEASURES)}")
for name in sys.argv[1:] or MEASURES:
    MEASURES[name]()
    print()
