"""How a request is signed (HTTP Message Signatures, RFC 9421): the constants that both ends must agree on."""

from __future__ import annotations

from datetime import timedelta

COMPONENTS = ("@method", "@target-uri", "content-digest")  # what a signature must cover, whatever else it covers
TAG = "shanmen-1"  # the application's tag (RFC 9421, 2.3): a signature made for another purpose is not ours
CREATED_WINDOW = timedelta(minutes=5)  # how far `created` may lie from central's time, either way
CENTRAL_TIME = "Central-Time"  # answer header: central's time, `instant_text`
