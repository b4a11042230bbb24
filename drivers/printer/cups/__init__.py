"""A printer behind a raw queue of the system's print service (CUPS), spoken to by IPP."""
