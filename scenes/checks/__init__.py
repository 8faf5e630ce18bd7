"""What can be wrong with a pack whose records are all well formed: a module for each part."""
