"""A saved run opened to be studied: what was recorded, and what it was played on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.recording import Recording
    from game.reports.notes import Notes
    from saves import Header
    from saves.records import AnyLine
    from saves.verify import Divergence
    from scenes.schema import Pack
    from state_machine.alignment import Entrant
    from state_machine.events import Step
    from state_machine.rules import Rules


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A run as it stands on the disk, whole, with its pack and the rules in force then."""

    id: str
    header: Header
    lines: tuple[AnyLine, ...]
    pack: Pack
    rules: Rules | None
    """None for the game's own, where those of then were not kept."""
    notices: tuple[str, ...] = ()
    """What somebody who studies it should know."""

    @property
    def steps(self) -> Sequence[Step]:
        """Each decision that counts with its outcome; the beginning comes first, without one."""
        from saves.records import steps_of  # noqa: PLC0415  # lists do without the rules

        return steps_of(self.header, self.lines)

    @property
    def entrant(self) -> Entrant:
        """The run as it is compared with others."""
        from state_machine.alignment import Entrant  # noqa: PLC0415

        return Entrant(self.id, self.pack, self.steps, self.rules)

    @property
    def notes(self) -> Notes:
        """What the player noted of the run; of several notes about one thing, the last."""
        from game.reports.notes import Notes  # noqa: PLC0415
        from saves.records import Noted  # noqa: PLC0415

        noted = {line.about: line.text for line in self.lines if isinstance(line, Noted)}
        named = noted.get("pivotal", "")
        number = int(named) if named.isascii() and named.isdecimal() else None
        return Notes(number, noted.get("monday", ""))

    @property
    def recording(self) -> Recording:
        """The run as it is shown again, with what was taken back."""
        from game.recording import RecordedStep, Recording  # noqa: PLC0415
        from saves.records import Recorded, Undone  # noqa: PLC0415

        steps = [RecordedStep(0, None, self.header.outcome)]
        for line in self.lines:
            if isinstance(line, Recorded):
                steps.append(RecordedStep(line.number, line.decision, line.outcome))
            elif isinstance(line, Undone):
                steps[-1] = replace(steps[-1], taken_back=True)
        return Recording(self.pack, steps, self.rules)

    def verified(self) -> Divergence | None:
        """Compute every step again; the first that is not as it was recorded, or None."""
        from saves.packstore import Ground  # noqa: PLC0415
        from saves.verify import verify  # noqa: PLC0415
        from state_machine.rules import default_rules  # noqa: PLC0415

        return verify(self.header, self.lines, Ground(self.pack, self.rules or default_rules()))

    @property
    def undos(self) -> int:
        """How many decisions were taken back."""
        return self.lines[-1].undos if self.lines else 0
