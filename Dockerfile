# syntax=docker/dockerfile:1
# The one image of docker-compose.yml: civicgauge and Airflow, from requirements-image.lock with every hash checked.
# civicgauge is installed as a wheel, once: `plugins/` holds the one file that Airflow executes and no second copy of
# the library, which would be hidden by the installed one (DESIGN section 6). tests/packaging builds the same layout.

# The Python that CI tests.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m pip install --quiet uv==0.13.9
WORKDIR /build
COPY requirements-image.lock .
# Compiled here: otherwise every process of Airflow spends seconds on it, again and again.
RUN python -m venv /opt/venv \
 && VIRTUAL_ENV=/opt/venv uv pip sync --quiet --no-cache --require-hashes --compile-bytecode requirements-image.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md requirements.lock ./
COPY dags dags
COPY expectations expectations
COPY plugins plugins
# The build tool, too, is the locked one; it stays in this stage.
RUN uv build --quiet --wheel --build-constraints requirements.lock --require-hashes --out-dir dist . \
 && VIRTUAL_ENV=/opt/venv uv pip install --quiet --no-cache --no-deps --compile-bytecode dist/*.whl

FROM python:${PYTHON}
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="civicgauge" \
      org.opencontainers.image.description="Observes cities' open-data portals every day, from the outside" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
# What PDFs are made with: Pango, and a font; the slim image has neither.
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 50000 --gid 0 --home-dir /opt/airflow --shell /usr/sbin/nologin civicgauge \
 && install --directory --owner 50000 --group 0 --mode 0770 \
      /opt/airflow /var/lib/civicgauge /var/log/airflow /opt/civicgauge/demo-cities
COPY --from=build /opt/venv /opt/venv
COPY --from=build /build/dags /opt/civicgauge/dags
COPY plugins/.airflowignore plugins/civicgauge_plugin.py /opt/civicgauge/plugins/
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/civicgauge/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/civicgauge/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False
USER 50000:0
WORKDIR /opt/civicgauge
CMD ["civicgauge", "--help"]
