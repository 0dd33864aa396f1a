"""Content files to core values, a reader for each kind; the rules of writing are elsewhere."""
