"""The small app that takes the answers of cities. Airflow does not mount it."""
