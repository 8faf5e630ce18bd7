"""What is handed on: pages of blocks as files, and the pages that only reports have."""
