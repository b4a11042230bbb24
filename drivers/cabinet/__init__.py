"""Light, door and alarm contact of the machine, by a Modbus RTU relay board."""
