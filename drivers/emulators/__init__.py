"""The other side of every wire: real bytes over a pty or a socket, faults on request."""
