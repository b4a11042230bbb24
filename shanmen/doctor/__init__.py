"""`shanmen doctor`: what is connected, what is wrong in plain words, how to mend it, and a signed report of it."""
