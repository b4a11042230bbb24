"""Partner channels: who may ask how much, what they are answered once, and what they owe."""
