"""Portals that need no internet: three fictional cities with known defects, served as Socrata and CKAN would.

Imports nothing of the rest of civicgauge, so that a mistake there cannot hide here.
"""
