"""Who people are and how they sign in. Knows nothing of what they study."""
