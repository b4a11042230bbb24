"""Drivers against emulators, over real sockets and ptys."""
