"""Bookings: held, confirmed, changed, refunded by channels; collected once at a terminal."""
