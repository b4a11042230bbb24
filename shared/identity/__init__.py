"""What identity readers give, as documents of visitors."""
