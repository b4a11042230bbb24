"""What a device is and what it may answer. Answers are tagged unions; "outcome unknown" is one of them."""
