"""The command line: composes the parts, decides nothing."""
