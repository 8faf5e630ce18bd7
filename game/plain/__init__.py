"""The game as plain numbered text: for screen readers, pipes, slow lines and transcripts."""
