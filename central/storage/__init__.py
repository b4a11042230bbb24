"""Where central keeps everything: tables, transactions, migrations."""
