"""A file for each kind of device: its emulator, what can be done to it, and how a kiosk's settings name it."""
