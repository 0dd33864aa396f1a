"""The rules, as functions of plain values. Knows no files, no database, no web and no clock."""
