"""`python -m tests.golden`: the table of the golden runs; `--renew NAME` plays one anew."""

from __future__ import annotations

import argparse
import sys

from scenes import find_pack, load_pack
from tests.golden import store
from tests.golden.recipes import RECIPES, played
from tests.golden.verdicts import GOOD, verdict


def main() -> int:
    """Print the table; 1 if a run has diverged or is stranded."""
    parser = argparse.ArgumentParser(prog="make golden", description=__doc__)
    parser.add_argument(
        "--renew",
        metavar="NAME",
        nargs="+",
        choices=RECIPES,
        default=[],
        help=f"play these anew, and forget how they were: {', '.join(RECIPES)}",
    )
    for name in parser.parse_args().renew:
        store.write(*played(name))
        print(f"{name} was played anew.")
    larder = load_pack(find_pack("larder"))
    found = [verdict(store.read(name), larder) for name in store.names()]
    for each in found:
        print(f"{each.name:<20} {each.kind:<9} {each.decisions:>3} decisions; {each.words}")
    return 0 if all(each.kind in GOOD for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
