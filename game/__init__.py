"""The game that people play: its words, its two front ends and its command line."""
