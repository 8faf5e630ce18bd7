"""Digests for lines that were changed on purpose, as somebody could make them by hand."""

from __future__ import annotations

from hashlib import blake2b


def reseal(data: bytes) -> bytes:
    """The same lines, each with the digest that it would have."""
    lines, previous = [], ""
    for line in data.splitlines():
        content = line.rpartition(b',"digest":"')[0] + b"}"
        previous = blake2b(previous.encode() + content, digest_size=16).hexdigest()
        lines.append(content[:-1] + b',"digest":"' + previous.encode() + b'"}\n')
    return b"".join(lines)
