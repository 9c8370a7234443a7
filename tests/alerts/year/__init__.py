"""A simulated year of many cities: planted faults, an operator, real turns, a real sender, and a ledger to hold it to.

`world` makes the cities, `planting` the faults, `days` the stored days that alerts read, `running` lives through the
year, `expecting` works out from the ledger alone what each recipient must be told, `judging` compares.
"""
