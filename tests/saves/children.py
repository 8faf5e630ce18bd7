"""Other processes, made by fork: cheap enough to be killed by the hundred."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable

Say = Callable[[str], None]
"""Tells the parent a line; it is with the parent even if the child is killed just after."""


class Child:
    """A process that does one thing and can say lines about it."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        """Start it."""
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _do(work, writing)
        os.close(writing)
        self._reading = os.fdopen(reading, "r", encoding="utf-8")

    def hear(self) -> str:
        """The next line that it says; empty if it is over."""
        return self._reading.readline().rstrip("\n")

    def kill(self) -> list[str]:
        """Kill it outright; returns the lines that were not heard yet."""
        os.kill(self.pid, signal.SIGKILL)
        return self._end()

    def finish(self) -> list[str]:
        """Wait until it has done its work; returns the lines that were not heard yet."""
        return self._end()

    def _end(self) -> list[str]:
        lines = self._reading.read().splitlines()
        self._reading.close()
        os.waitpid(self.pid, 0)
        broken = [line for line in lines if line.startswith("BROKEN")]
        assert not broken, broken[0].replace("|", "\n")
        return lines


def _do(work: Callable[[Say], None], writing: int) -> None:
    def say(line: str) -> None:
        os.write(writing, f"{line}\n".encode())

    try:
        work(say)
    except BaseException:
        say("BROKEN " + traceback.format_exc().replace("\n", "|"))
    finally:
        os._exit(0)
