"""Whether a programme made a difference: registered questions, interrupted time series, and four careful verdicts."""
