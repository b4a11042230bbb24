"""From a sale to a sheet of lines, rasters and codes; no bytes."""
