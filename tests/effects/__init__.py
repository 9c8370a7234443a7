"""Effects of programmes: questions, series, estimates, verdicts, pictures."""
