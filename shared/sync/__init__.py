"""The terminal's side of settling with central: upload, download, leases, trusted time."""
