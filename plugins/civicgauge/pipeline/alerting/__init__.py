"""Alerts wired: stored days become incidents, incidents become messages in the outbox, and the outbox is delivered."""
