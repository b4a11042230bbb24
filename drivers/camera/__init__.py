"""Cameras through OpenCV, and codes read from their pictures."""
