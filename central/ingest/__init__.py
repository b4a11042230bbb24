"""The terminals' journals on their way in: once each, in order, with what follows from them."""
