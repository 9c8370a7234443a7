"""Pages that people read: cities, indicators, datasets, checks, the method, and the pipeline's health.

One FastAPI app (`create_app`), served inside Airflow, by `civicgauge serve` and, as files, by `civicgauge site`.
"""
