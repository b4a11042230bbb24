"""The visitor's screens: one widget per state, show_state(state) in, events out by one signal. No decisions."""
