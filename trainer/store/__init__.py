"""Tables, column types and report queries. Knows SQL, no rules."""
