"""Machine-readable zones by camera: lines found in a frame, read by a recogniser, settled by several frames."""
