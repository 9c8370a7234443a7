"""Rows: what arrived as a file becomes typed Parquet, and Parquet becomes statistics.

Nothing here asks a portal; `pipeline` brings the file and keeps the results. A new format of file is one module in
`readers/`, a new family of tables one file in `families/`.
"""
