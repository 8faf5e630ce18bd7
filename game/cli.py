"""The command line. Each command imports what it needs only when it is called.

Exit status: 0 done; 1 something that was looked at is wrong (a pack, a save, a full disk);
2 called wrongly. A user never sees a traceback for what a user can cause.
"""

from __future__ import annotations

import argparse
import difflib
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NoReturn, TextIO, get_args

from game.commands import DEFAULT_PACK, DEFAULT_PERSONA, Face, Form, Refused
from game.shelf import Trouble

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

LARGEST_SEED: Final = 2**53 - 1
_WRONG: Final = 1
_CALLED_WRONGLY: Final = 2


class _Parser(argparse.ArgumentParser):
    """An argument parser that suggests what may have been meant."""

    def error(self, message: str) -> NoReturn:
        unknown = re.search(r"invalid choice: '(.+?)' \(choose from (.+)\)", message)
        if unknown:
            known = re.findall(r"[\w-]+", unknown[2])
            close = difflib.get_close_matches(unknown[1], known, n=1)
            guess = f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(known)}."
            message = f"there is no `{unknown[1]}`. {guess}"
        sys.stderr.write(f"twohats: {message}\nTry `{self.prog} --help`.\n")
        sys.exit(_CALLED_WRONGLY)

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print it; where argparse would be silent about a full disk, this is not."""
        (file or sys.stdout).write(self.format_help())


class _Version(argparse.Action):
    """Says the version, and looks it up only then."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest=argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, *_: object) -> NoReturn:
        from game.version import version  # noqa: PLC0415

        print(f"twohats {version()}")
        sys.exit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    _mend_streams()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        # Nothing more can be said there, also not while shutting down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _say(f"this could not be written: {error.strerror or error}")
        return _WRONG
    return status


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parser().parse_args(arguments)
        status: int = options.command(options)
    except SystemExit as left:  # argparse has said all there is to say
        return left.code if isinstance(left.code, int) else _CALLED_WRONGLY
    except Refused as refusal:
        _say(str(refusal))
        return _CALLED_WRONGLY
    except Trouble as trouble:
        _say(str(trouble))
        return _WRONG
    return status


def _say(problem: str) -> None:
    sys.stderr.write(f"twohats: {problem}\n")


def _mend_streams() -> None:
    """Give a closed stream somewhere to lead, and no letter the power to stop the game."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    return open(os.devnull, mode, encoding="utf-8")  # open as long as the game is


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="twohats",
        description="A product career in your terminal. You wear the product manager's hat, "
        "then the product owner's, and you have to live with yourself.",
    )
    parser.add_argument("--version", action=_Version, help="say which version this is")
    parser.add_argument("--plain", action="store_true", help="plain numbered text, no full screen")
    parser.set_defaults(command=_title)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    play = commands.add_parser("play", help="begin a run of a company")
    _which_run(play)
    play.add_argument("--name", help="what you are called in the story")
    _plain(play)
    play.set_defaults(command=_play)

    resume = commands.add_parser("resume", help="go on with a saved run")
    _a_run(resume)
    _plain(resume)
    resume.set_defaults(command=_resume)

    demo = commands.add_parser("demo", help="print one whole run as a transcript")
    _which_run(demo)
    demo.add_argument(
        "--persona", default=DEFAULT_PERSONA, help="who decides (default: %(default)s)"
    )
    demo.set_defaults(command=_demo)

    runs = commands.add_parser("runs", help="list the saved runs")
    runs.add_argument("--json", action="store_true", help="for scripts")
    runs.set_defaults(command=_runs)

    replay = commands.add_parser("replay", help="look at a saved run again, step by step")
    _a_run(replay)
    replay.add_argument("--at", type=_decision, help="from this decision on")
    how = replay.add_mutually_exclusive_group()
    _plain(how)
    how.add_argument("--picture", metavar="FILE", help="a moment, as .svg or .png")
    how.add_argument("--cast", metavar="FILE", help="all of it, as a recording for asciinema")
    how.add_argument("--verify", action="store_true", help="compute it again and compare")
    replay.add_argument("--json", action="store_true", help="with --verify, for scripts")
    replay.set_defaults(command=_replay)

    debrief = commands.add_parser("debrief", help="what decided how a run went")
    _a_run(debrief)
    _a_form(debrief)
    debrief.set_defaults(command=_debrief)

    compare = commands.add_parser("compare", help="saved runs side by side")
    compare.add_argument("runs", metavar="RUN", nargs="+", help="from two to eight saved runs")
    _a_form(compare)
    compare.set_defaults(command=_compare)

    branch = commands.add_parser("branch", help="begin a new run from any decision of another")
    _a_run(branch)
    branch.add_argument(
        "--at", type=_decision, required=True, help="the decision that is to be made anew"
    )
    branch.set_defaults(command=_branch)

    inherit = commands.add_parser("inherit", help="take over a run, at Launch or later")
    _a_run(inherit)
    inherit.add_argument("--name", help="what you are called in the story")
    inherit.add_argument(
        "--at", type=_decision, default=0, help="not before this decision (default: from Launch)"
    )
    _plain(inherit)
    inherit.set_defaults(command=_inherit)

    export = commands.add_parser("export", help="write a run into a file, to give it away")
    _a_run(export)
    export.add_argument("file", metavar="FILE", help="a file that is not there yet")
    export.set_defaults(command=_export)

    taken = commands.add_parser("import", help="take in a run that somebody exported")
    taken.add_argument("file", metavar="FILE", help="the file that `export` wrote")
    taken.set_defaults(command=_import)

    delete = commands.add_parser("delete", help="put a run into the trash")
    _a_run(delete)
    delete.set_defaults(command=_delete)

    trash = commands.add_parser("trash", help="list the deleted runs, or have one back")
    what = trash.add_mutually_exclusive_group()
    what.add_argument("--restore", metavar="RUN", help="take a run out of the trash")
    what.add_argument("--empty", action="store_true", help="take them all off the disk for good")
    what.add_argument("--json", action="store_true", help="for scripts")
    trash.set_defaults(command=_trash)

    career = commands.add_parser("career", help="what all your jobs came to")
    form = career.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for scripts")
    form.add_argument("--markdown", action="store_true", help="a curriculum vitae of one page")
    career.set_defaults(command=_career)
    return parser


def _which_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "pack", nargs="?", default=DEFAULT_PACK, help="a company, or a pack's folder"
    )
    parser.add_argument("--seed", type=_seed, help="a whole number; the same seed, the same luck")
    parser.add_argument("--express", action="store_true", help="the short edition")


def _plain(parser: argparse._ActionsContainer) -> None:
    # Suppressed, so that `twohats --plain play` is not undone by a command without it.
    parser.add_argument(
        "--plain", action="store_true", default=argparse.SUPPRESS, help="plain numbered text"
    )


def _a_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help="a saved run; `twohats runs` lists them")


def _a_form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=get_args(Form), default="text", help="how (default: %(default)s)"
    )


def _decision(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text[:20]}` is not the number of a decision")


def _seed(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text[:17]) <= LARGEST_SEED and len(text) < 17:
        return int(text)
    shown = text if len(text) <= 20 else f"{text[:19]}…"
    raise argparse.ArgumentTypeError(f"`{shown}` is not a whole number from 0 to {LARGEST_SEED}")


def _face(options: argparse.Namespace) -> Face:
    """The game as lines or on a full screen, as the player wants it."""
    if options.plain:
        from game.commands import lines  # noqa: PLC0415

        return lines
    from game.commands import screen  # noqa: PLC0415

    return screen


def _title(options: argparse.Namespace) -> int:
    return _face(options).title()


def _play(options: argparse.Namespace) -> int:
    return _face(options).play(options.pack, options.seed, options.name, express=options.express)


def _resume(options: argparse.Namespace) -> int:
    return _face(options).resume(options.run)


def _demo(options: argparse.Namespace) -> int:
    from game.commands import lines  # noqa: PLC0415

    return lines.demo(options.pack, options.seed, options.persona, express=options.express)


def _runs(options: argparse.Namespace) -> int:
    from game.commands import lines  # noqa: PLC0415

    return lines.runs(as_json=options.json)


def _career(options: argparse.Namespace) -> int:
    from game.commands import lines  # noqa: PLC0415

    return lines.career("json" if options.json else "markdown" if options.markdown else "text")


def _replay(options: argparse.Namespace) -> int:
    if options.verify or options.json:
        from game.commands import keeping  # noqa: PLC0415

        return keeping.verify(options.run, as_json=options.json)
    from game.commands import replays  # noqa: PLC0415

    if options.picture:
        return replays.write_picture(options.run, options.at, options.picture)
    if options.cast:
        return replays.write_cast(options.run, options.cast)
    if options.plain:
        return replays.plain(options.run, options.at)
    return replays.screen(options.run, options.at)


def _debrief(options: argparse.Namespace) -> int:
    from game.commands import debriefs  # noqa: PLC0415

    return debriefs.debrief(options.run, options.format)


def _compare(options: argparse.Namespace) -> int:
    from game.commands import studies  # noqa: PLC0415

    return studies.compare(options.runs, options.format)


def _branch(options: argparse.Namespace) -> int:
    from game.commands import keeping  # noqa: PLC0415

    return keeping.branch(options.run, options.at)


def _inherit(options: argparse.Namespace) -> int:
    return _face(options).inherit(options.run, options.name, options.at)


def _export(options: argparse.Namespace) -> int:
    from game.commands import keeping  # noqa: PLC0415

    return keeping.export(options.run, options.file)


def _import(options: argparse.Namespace) -> int:
    from game.commands import keeping  # noqa: PLC0415

    return keeping.import_file(options.file)


def _delete(options: argparse.Namespace) -> int:
    from game.commands import keeping  # noqa: PLC0415

    return keeping.delete(options.run)


def _trash(options: argparse.Namespace) -> int:
    from game.commands import keeping  # noqa: PLC0415

    if options.restore:
        return keeping.restore(options.restore)
    return keeping.empty_trash() if options.empty else keeping.trash(as_json=options.json)


if __name__ == "__main__":
    sys.exit(main())
