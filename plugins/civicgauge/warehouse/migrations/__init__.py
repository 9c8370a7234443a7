"""The history of the warehouse's schema, run by `civicgauge db upgrade`."""
