"""The terminal's SQLite database: journal, leases, facts."""
