"""Pages that people read: cities, indicators, datasets, checks, the method, and the pipeline's health.

One FastAPI app (`create_app`), served inside Airflow, by `civicgauge serve` and, as files, by `civicgauge site`.
"""

from civicgauge.pages.app import create_app

__all__ = ["create_app"]
