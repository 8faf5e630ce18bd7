"""From the way to a value to its line. Only imported when something is wrong."""

from __future__ import annotations

from typing import Final

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from scenes.diagnostics import KeyPath

_KEYS: Final = ("bare_key", "quoted_key", "dotted_key")
_TABLES: Final = ("table", "table_array_element")


class Positions:
    """The lines of one file, by the way to each value and key in it."""

    def __init__(self, text: str) -> None:
        """Walk the file once; what cannot be parsed has no lines of its own."""
        self._lines: dict[KeyPath, int] = {(): 1}
        self._lengths: dict[KeyPath, int] = {}
        root = Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node
        for node in root.named_children:
            if node.type in _TABLES:
                self._table(node)
            elif node.type == "pair":
                self._pair((), node)

    def line(self, path: KeyPath) -> int:
        """The line, from 1, of what `path` leads to, or of what encloses it most closely."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _table(self, node: Node) -> None:
        head = next(child for child in node.named_children if child.type in _KEYS)
        path: KeyPath = ()
        keys = _names(head)
        for at, key in enumerate(keys):
            path = (*path, key)
            last = at == len(keys) - 1
            if last and node.type == "table_array_element":
                number = self._lengths.get(path, 0)
                self._lengths[path] = number + 1
                path = (*path, number)
            elif path in self._lengths:
                path = (*path, self._lengths[path] - 1)
            self._lines.setdefault(path, node.start_point[0] + 1)
        for child in node.named_children:
            if child.type == "pair":
                self._pair(path, child)

    def _pair(self, path: KeyPath, node: Node) -> None:
        head = next(child for child in node.named_children if child.type in _KEYS)
        for key in _names(head):
            path = (*path, key)
            self._lines.setdefault(path, node.start_point[0] + 1)
        self._value(path, node.named_children[-1])

    def _value(self, path: KeyPath, node: Node) -> None:
        self._lines.setdefault(path, node.start_point[0] + 1)
        if node.type == "array":
            values = [child for child in node.named_children if child.type != "comment"]
            for number, child in enumerate(values):
                self._value((*path, number), child)
        elif node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(path, child)


def _names(node: Node) -> list[str]:
    """The keys of a possibly dotted key."""
    if node.type == "dotted_key":
        return [name for child in node.named_children for name in _names(child)]
    text = node.text.decode() if node.text else ""
    return [text.strip("\"'")]
