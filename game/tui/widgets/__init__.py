"""The parts of the screens, one idea each."""
