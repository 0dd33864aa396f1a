"""YAML and exchange formats to core values. Knows files; knows no database and no page."""
