"""From the start of the process to the first frame on a real pseudo-terminal.

All are measured warm: their bytecode was written by a round that does not count.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.figures import milliseconds, ratio

ROOT: Final = Path(__file__).parents[1]
ROUNDS: Final = 9
_PATIENCE: Final = 30.0
_MARK: Final = b"New run"


def measure() -> None:
    """Print the title screen's first frame against an equal app and a bare one."""
    commands = {
        "game": [sys.executable, "-m", "game.cli"],
        "equal widgets": [sys.executable, "-m", "benchmarks.twins", "title"],
        "bare Textual": [sys.executable, "-m", "benchmarks.twins", "bare"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with TemporaryDirectory() as home:
        for round_ in range(ROUNDS + 1):
            for name, command in commands.items():
                taken = first_frame(command, home)
                if round_:
                    times[name].append(taken)
    print("Time to the first frame, warm")
    for name, taken_all in times.items():
        against = "" if name == "game" else f"   the game takes {ratio(times['game'], taken_all)}"
        print(f"  {name:<14} {milliseconds(taken_all):>10}{against}")


def first_frame(command: list[str], home: str) -> float:
    """Seconds until the menu is on the screen. Raises `TimeoutError` if it never is."""
    begun = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.environ.update(TERM="xterm-256color", TWOHATS_HOME=home, PYTHONPYCACHEPREFIX=home)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    try:
        return _until(terminal, begun)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _until(terminal: int, begun: float) -> float:
    seen = b""
    while time.perf_counter() - begun < _PATIENCE:
        ready, _, _ = select.select([terminal], [], [], _PATIENCE)
        if ready:
            seen += os.read(terminal, 65536)
        if _MARK in seen:
            return time.perf_counter() - begun
    raise TimeoutError(f"no first frame within {_PATIENCE} s; it wrote {seen[-200:]!r}")
