"""Where the saves live."""

from __future__ import annotations

import os
from pathlib import Path

from saves.errors import SaveError


def home() -> Path:
    """`TWOHATS_HOME` if it is set, else this system's folder for a user's data.

    Nothing is made here; folders appear with the first thing that is written. Raises
    `SaveError` if the path begins with a `~` that this system cannot resolve, or in a folder
    that is gone.
    """
    chosen = os.environ.get("TWOHATS_HOME", "")
    if chosen:
        try:
            return Path(chosen).expanduser().absolute()
        except RuntimeError as error:
            raise SaveError(f"TWOHATS_HOME is `{chosen}`, whose `~` means nothing here.") from error
        except OSError as error:
            raise SaveError(
                f"TWOHATS_HOME is `{chosen}`, and the folder that this starts from is gone."
            ) from error
    from platformdirs import user_data_path  # noqa: PLC0415  # slow to import, seldom needed

    return user_data_path("twohats", appauthor=False)
