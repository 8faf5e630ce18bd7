"""A line of JSON with a digest over it and the line before, so that any change is noticed.

Pure: records to bytes, and back. A line is `{..., "digest":"<32 hex>"}`; its digest is blake2b
(16 bytes) over the digest of the line before, as hex text (nothing for a first line), followed
by the line without its `,"digest":"..."`.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import Final

import msgspec

from saves.errors import SaveError

_DIGEST_BYTES: Final = 16
_ENDING: Final = re.compile(rb',"digest":"([0-9a-f]{32})"\}\Z')
_ENDING_LENGTH: Final = len(',"digest":""}') + 2 * _DIGEST_BYTES
_encoder: Final = msgspec.json.Encoder(order="deterministic")


class Wrong(Exception):
    """A line that is not as it was written; the message continues `decision 3 ...`."""


def sealed(record: msgspec.Struct, previous: str, longest: int) -> tuple[bytes, str]:
    """The line of a record, with its newline, and its digest; `previous` is the digest before.

    Raises `SaveError` if the record cannot be written as JSON or has more bytes than `longest`.
    """
    try:
        content = _encoder.encode(record)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise SaveError(f"This cannot be written into a save: {error}.") from error
    digest = _digest(content, previous)
    line = b'%b,"digest":"%b"}\n' % (content[:-1], digest.encode())
    if len(line) > longest:
        raise SaveError(f"This cannot be saved: its {len(line)} bytes are over {longest}.")
    return line, digest


def opened(line: bytes, previous: str, longest: int) -> tuple[bytes, str]:
    """The content of a line (given without its newline) and its digest.

    Raises `Wrong` if anything about it is wrong.
    """
    if len(line) >= longest:
        raise Wrong(f"is longer than {longest} bytes")
    ending = _ENDING.search(line[-_ENDING_LENGTH:])
    if ending is None:
        raise Wrong("does not end with a digest, so it was changed after it was saved")
    content, digest = line[:-_ENDING_LENGTH] + b"}", ending[1].decode()
    if _digest(content, previous) != digest:
        raise Wrong("does not fit its digest, so it or its place was changed after it was saved")
    check_json(content)
    return content, digest


def check_json(content: bytes) -> None:
    """Raise `Wrong` for what is no JSON, has a key twice or a number that is none."""
    try:
        json.loads(content.decode(), object_pairs_hook=_without_twins, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Wrong(f"is not JSON as this game writes it ({error})") from error


def _digest(content: bytes, previous: str) -> str:
    return blake2b(previous.encode() + content, digest_size=_DIGEST_BYTES).hexdigest()


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number")
