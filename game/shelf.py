from game.tui.shelf import PackCard, RunCard, Shelf, Trouble

__all__ = ["PackCard", "RunCard", "Shelf", "Trouble"]
