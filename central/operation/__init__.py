"""Running central: its figures, its backups, how long its audit chain is kept."""
