"""The pure heart: values and rules. No clock, no randomness, no files, no Qt, no SQL: time and ids are passed in."""
