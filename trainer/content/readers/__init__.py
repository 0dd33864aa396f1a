"""Content files to core values, a reader for each kind of file. The rules of writing are elsewhere."""
