"""The device bench: every emulated device with what can be done to it, for a window, a command line and HTTP alike."""
