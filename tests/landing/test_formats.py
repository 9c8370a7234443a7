"""Formats: served before address before declared; containers; documentation; the best of a dataset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.landing.formats import UNRECOGNISED, Basis, Format, best_of, build, is_documentation, resolve_format
from civicgauge.landing.vocabulary import read_vocabulary

X = "https://city.example/"


@pytest.mark.parametrize(
    ("media_type", "url", "declared", "format_id", "stars", "readable", "basis"),
    [
        ("text/csv; charset=utf-8", X + "a.pdf", "PDF", "csv", 3, True, "served"),
        ("application/octet-stream", X + "a.csv", "XML", "csv", 3, True, "address"),
        (None, X + "a", " .CSV. ", "csv", 3, True, "declared"), (None, X + "a.php", "csv.", "csv", 3, True, "declared"),
        (None, None, ".cvs", "csv", 3, True, "declared"), ("", "", "", None, None, None, "none"),
        ("application/zip", X + "a.zip", "CSV", "zip+csv", 3, True, "served"),
        ("application/zip", X + "a.zip", "ZIP", "zip", 1, None, "served"),
        (None, X + "x", "zip+csv", "zip+csv", 3, True, "declared"),
        (None, X + "x", "ZIP + XML", "zip+xml", 3, True, "declared"),
        (None, X + "x", "csv+zip", "zip+csv", 3, True, "declared"),
        (None, X + "x", "XLS (zipped)", "zip+xls", 2, True, "declared"),
        (None, X + "x.zip", "PDF", "zip+pdf", 1, False, "address"),
        (None, X + "x.csv.gz", None, "gzip+csv", 3, True, "address"),
        ("text/plain", X + "x.csv", "CSV", "csv", 3, True, "address"),
        ("text/plain", X + "x", None, "txt", 1, None, "served"),
        ("text/html", X + "x", "CSV", "html", 0, False, "served"),
        ("application/pdf", X + "x", "XLSX", "pdf", 1, False, "served"),
        (None, X + "wfs?SERVICE=WFS&REQUEST=GetCapabilities", "CSV", "wfs", 3, True, "address"),
        (None, X + "1.0.0/WMTSCapabilities.xml", "WMTS", "wmts", 3, False, "declared"),
        (None, X + "download/140?format=1", "gpkg", "gpkg", 3, True, "declared"),
        (None, X + "dump/1?format=tsv", None, "tsv", 3, True, "address"),
        (None, X + "api/views/abcd-1234/rows.csv?accessType=DOWNLOAD", None, "csv", 3, True, "address"),
        (None, X + "x", "Ponto de Acesso à API", "api", None, True, "declared"),
        (None, X + "x", "API", "api", None, True, "declared"),
        (None, X + "x", "ArcGIS GeoServices REST API", "esri_rest", 2, True, "declared"),
        (None, X + "x", "OData", "odata", 3, True, "declared"),
        ("Dicionário", X + "x.pdf", "PDF", "pdf", 1, False, "address"),
        (None, X + "x.sha512", "", "checksum", None, None, "address"),
        (None, X + "x", "SHP", "shp", 2, True, "declared"), (None, X + "x", "JSON", "json", 3, True, "declared"),
        (None, X + "x.docx", "ODT", "doc", 1, False, "address"), (None, X + "x", "URL", None, None, None, "none"),
        (None, "http://[broken", "text/csv", "csv", 3, True, "declared"),
    ],
)  # fmt: skip
def test_formats(  # noqa: PLR0917 - one column of the table each
    media_type: str | None, url: str | None, declared: str | None,
    format_id: str | None, stars: int | None, readable: bool | None, basis: Basis,
) -> None:  # fmt: skip
    assert resolve_format(media_type, url, declared) == Format(format_id, stars, readable, basis)


@given(*[st.none() | st.text()] * 3)
def test_no_text_raises(media_type: str | None, url: str | None, declared: str | None) -> None:
    found = resolve_format(media_type, url, declared)
    assert (found == UNRECOGNISED) == (found.format_id is None)
    assert isinstance(is_documentation(declared, found.format_id), bool)


@pytest.mark.parametrize(
    ("title", "format_id"),
    [("Dicionário de Dados", "zip"), ("dicionario_de_dados.csv", "csv"), ("Data Dictionary", "xlsx"),
     ("README", "txt"), ("Metadados", "pdf"),
     ("Leia-me", "txt"), ("Manual para Consumo da API", "pdf"), ("API - Documentação Swagger", "html"),
     ("Schema", "json"),
     ("Nota técnica", "pdf"), ("SP - Hash SHA2", "checksum")],
)  # fmt: skip
def test_documentation(title: str, format_id: str) -> None:
    assert is_documentation(title, format_id)


@pytest.mark.parametrize(
    ("title", "format_id"),
    [("Documento Viagem", "csv"), ("Pontos do Esquema Operacional", "csv"), ("Manual vehicle counts", "csv"),
     ("Street layout", "shp"),
     ("Annual report 2020", "pdf"), ("", None)],
)  # fmt: skip
def test_data_that_sound_like_documentation(title: str, format_id: str | None) -> None:
    assert not is_documentation(title, format_id)
    assert is_documentation("Annual report 2020", "pdf", beside_data=True)


def test_the_best_distribution_speaks_for_a_dataset() -> None:
    csv, pdf, zipped = (resolve_format(None, None, name) for name in ("CSV", "PDF", "ZIP"))
    assert best_of([pdf, csv, zipped]) == csv
    assert best_of([pdf, zipped]) == Format("pdf", 1, None, "declared")
    assert best_of([pdf]) == pdf
    assert best_of([UNRECOGNISED]) == UNRECOGNISED
    assert best_of([]) is None


def test_a_format_given_twice_is_an_error() -> None:
    content = read_vocabulary("formats")
    content["formats"].append({"id": "csv", "stars": 1})
    with pytest.raises(ConfigurationError, match="given twice: csv"):
        build(content)
