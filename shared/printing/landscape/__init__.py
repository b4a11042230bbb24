"""The picture at a ticket's head: granite peaks over mist, a pine that welcomes, and the gate. Line art, by code."""

from shared.printing.landscape.scene import SCENE_UNITS, draw_scene

__all__ = ["SCENE_UNITS", "draw_scene"]
