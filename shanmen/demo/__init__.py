"""The demonstration: central, emulated devices and a kiosk on one machine, played by hand or by itself."""
