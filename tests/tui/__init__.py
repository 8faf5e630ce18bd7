"""The game on a screen, played by keys and mouse."""
