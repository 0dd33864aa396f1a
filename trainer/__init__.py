"""MA Trainer: practice questions and branching scenarios that memory brings back in time."""
