"""Member cards by PC/SC (needs the optional extra `member-card`)."""
