"""Places: slots, leases, and the rule that nothing is sold that is not there (design: sync.md)."""
