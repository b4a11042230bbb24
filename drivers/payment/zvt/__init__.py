"""Card terminals by ZVT (PA00P015: commands, bitmaps, error messages; PA00P016: transport)."""
