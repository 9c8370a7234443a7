"""Pulling with dlt, in an environment of its own: pages of the API by `rest_api`, typed by column hints, as Parquet.

    .venv-bench/bin/python benchmarks/_dlt_way.py ADDRESS FOLDER FIELDS

FIELDS is JSON: {column: data type}. A value that does not fit goes into a column beside (`ward__v_text`).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

PAGE = 50_000


def main(address: str, folder: Path, types: dict[str, str]) -> None:
    """Load all pages into Parquet below FOLDER."""
    # nothing is told to anyone, and nothing is kept outside of FOLDER
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "DLT_DATA_DIR": str(folder / "dlt")}
    import dlt
    from dlt.sources.rest_api import rest_api_source

    source = rest_api_source(
        {
            "client": {"base_url": f"{address}/resource/"},
            "resources": [
                {
                    "name": "requests",
                    "columns": {name: {"data_type": kind, "name": name} for name, kind in types.items()},
                    "max_table_nesting": 0,
                    "endpoint": {
                        "path": "bnch-0001.json",
                        "params": {"$order": ":id"},
                        "data_selector": "$",
                        "paginator": {
                            "type": "offset",
                            "limit": PAGE,
                            "offset_param": "$offset",
                            "limit_param": "$limit",
                            "total_path": None,
                        },
                    },
                }
            ],
        }
    )
    target = dlt.destinations.filesystem(bucket_url=(folder / "out").as_uri())
    pipeline = dlt.pipeline("bench", destination=target, dataset_name="rows", pipelines_dir=str(folder / "dlt"))
    pipeline.run(source, loader_file_format="parquet")
    rows = pipeline.last_trace.last_normalize_info.row_counts["requests"]
    print(json.dumps({"rows": rows, "dlt": dlt.__version__}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))
