"""Wiring of alerts: between the machine of `civicgauge.alerts`, the warehouse, and those who answer."""
