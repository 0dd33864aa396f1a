"""Flask views and forms. Knows requests, pages and status codes; no SQL and no rules."""
