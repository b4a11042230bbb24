"""The messages between terminals and central: the one contract that both ends import."""
