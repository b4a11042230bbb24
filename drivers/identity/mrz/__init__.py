"""Machine-readable zones of ICAO 9303: five formats, every check digit, repair of look-alikes. Pure."""
