"""Shapes of content files: field types, models, and their problems in our words."""
