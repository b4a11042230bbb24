"""The people who work at a window: who they are, what they may do, how they sign in and approve."""

from __future__ import annotations
