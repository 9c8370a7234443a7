"""What civicgauge adds to Airflow. The only part of the library that imports Airflow; nothing else imports it but
the DAG files and, as a child process, `civicgauge run`."""
