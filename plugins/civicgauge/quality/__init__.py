"""Checks: one YAML file each, judged by Great Expectations, with one of five outcomes per dataset."""
