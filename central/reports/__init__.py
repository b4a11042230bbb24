"""What was sold and who came, counted from the projections of the journals."""
