"""Cash devices on a ccTalk bus: codec, bus, note and coin acceptors, hoppers, profiles as data."""
