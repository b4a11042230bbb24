"""The visitor's journeys as pure reducers: step(state, event) -> (state, effects). No Qt, no clock, no text."""
