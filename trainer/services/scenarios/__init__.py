"""Playing scenarios: starting, choosing, resuming, the debrief. A play is what its steps say."""
