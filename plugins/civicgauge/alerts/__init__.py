"""Alerts: what is wrong, told once, with evidence and steps, and told when it is mended.

A day's findings go into a state machine on stable keys (`incidents`), the notices that are due become messages
(`planning`, `message`), and only the sender touches people (`channels`). Nothing here reads a file or a clock.
"""
