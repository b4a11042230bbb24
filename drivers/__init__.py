"""Devices: contracts, transports, drivers and the emulators that stand at the other end of each wire."""
