"""Practice: what is due today, sittings of questions, answers and what they teach."""
