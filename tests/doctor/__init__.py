"""The doctor, against emulators in every condition and a central over real HTTP."""
