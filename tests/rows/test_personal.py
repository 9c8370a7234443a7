"""The screen for personal data: what it finds, what it leaves alone, and that no value leaves it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landed import LandedColumn, LandedTable
from civicgauge.rows.patterns import card_numbers, emails, is_social_security_number, phone_numbers
from civicgauge.rows.personal import screen
from civicgauge.rows.sampling import sampled_texts
from tests.rows.styles import column

Values = Sequence[str | None]


def screened(folder: Path, columns: dict[str, Values], *, family: str | None = None, group: int = 50_000) -> dict:
    return screened_typed(folder, {column(name): values for name, values in columns.items()}, family, group)


def screened_typed(
    folder: Path, columns: dict[LandedColumn, Values], family: str | None = None, group: int = 50_000
) -> dict[str, str]:
    """The screen's answer for a table of these texts."""
    length = max(len(values) for values in columns.values())
    texts = {c.received_name: [*values, *[None] * (length - len(values))] for c, values in columns.items()}
    typed = {c.name: [None] * length for c in columns if c.name != c.received_name}
    pq.write_table(pa.table({**typed, **texts}), folder / "rows.parquet", row_group_size=group)
    return screen(folder / "rows.parquet", LandedTable(tuple(columns), length, "csv", "utf-8"), family=family)


def made_ssn(dice: random.Random) -> str:
    """A number by the rules, out of the range that was ever issued to many; it stands for nobody here."""
    return f"{dice.randint(730, 899)}-{dice.randint(1, 99):02}-{dice.randint(1, 9999):04}"


def made_card(dice: random.Random) -> str:
    body = "4" + "".join(str(dice.randint(0, 9)) for _ in range(14))
    return next(body + str(d) for d in range(10) if sum(map(int, _doubled(body + str(d)))) % 10 == 0)


def _doubled(digits: str) -> str:
    return "".join(str(int(d) * 2) if at % 2 else d for at, d in enumerate(reversed(digits)))


DICE = random.Random(7)
SSNS = [made_ssn(DICE) for _ in range(60)]
CARDS = [made_card(DICE) for _ in range(60)]
PHONES = [f"(999) {n:03}-{n * 7:04}" for n in range(220, 280)]
BIRTHS = [f"19{n:02}-0{n % 9 + 1}-1{n % 9}" for n in range(40, 99)]
PRIVATE = [f"nobody.at.all{n}@gmail.com" for n in range(60)]
NAMES = [
    f"{first} {last}" for first in ("Ann", "Bo", "Cy", "Di", "Ed") for last in ("Fox", "Gray", "O'Hara", "Ives-Jay")
]


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("SSN", SSNS, "ssn"),
        ("applicant_ssn", [s.replace("-", "") for s in SSNS], "ssn"),
        ("Social Security No", [*SSNS[:30], *["N/A"] * 20], "ssn"),
        ("remarks", ["called", "left a note", f"his social security number is {SSNS[0]}"], "ssn"),
        ("Column 7", SSNS, "ssn"),
        ("Credit Card Number", CARDS[:5], "card"),
        ("field_9", [f"{c[:4]} {c[4:8]} {c[8:12]} {c[12:]}" for c in CARDS], "card"),
        ("notes", ["paid cash", f"paid by card {CARDS[0]}"], "card"),
        ("Date of Birth", BIRTHS, "date_of_birth"),
        ("DOB", [f"{d[5:7]}/{d[8:]}/{d[:4]} 12:00:00 AM" for d in BIRTHS], "date_of_birth"),
        ("VICTIM_BIRTH_DATE", [f"{d}T00:00:00.000" for d in BIRTHS], "date_of_birth"),
        ("Fecha de Nacimiento", BIRTHS, "date_of_birth"),
        ("Email", PRIVATE, "email"),
        ("description", [f"President: {n}, {e}" for n, e in zip(NAMES, PRIVATE, strict=False)], "email"),
        ("Resident E-mail", [f"jo.smith{n}@acme{n}.example" for n in range(9)], "email"),
        ("Applicant Phone", PHONES, "phone"),
        ("owner_cell_number", [p.replace(" ", "") for p in PHONES], "phone"),
        ("Home Phone", PHONES, "phone"),
        ("details", [f"pothole; caller can be reached at {p}" for p in PHONES], "phone"),
        ("Victim Name", NAMES * 3, "name"),
        ("juvenile_last_name", [n.split()[1] + "abcdefghijklmnopqrst"[k] for k, n in enumerate(NAMES)], "name"),
    ],
)  # fmt: skip
def test_what_is_found(tmp_path: Path, name: str, values: Values, kind: str) -> None:
    assert screened(tmp_path, {"id": [str(n) for n in range(60)], name: values}) == {name: kind}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        # names without content, and content that is masked, printed everywhere or a mere number
        ("SSN", ["N/A"] * 30),
        ("SSN", [None, None]),
        ("SSN", ["XXX-XX-1234"] * 30),
        ("ssn", ["123-45-6789"] * 30),
        ("ssn", [f"000-12-{n:04}" for n in range(1, 60)]),
        ("Parcel Number", SSNS),
        ("tax_map_no", SSNS),
        ("Case Number", SSNS),
        ("Section", [f"{n:03}-{n:02}-{n:04}" for n in range(100, 160)]),
        ("id", [str(4_000_000_000_000_000 + n * 7919) for n in range(60)]),
        ("notes", ["card 4111 1111 1111 1111 is declined in tests"]),
        ("Card Number", ["library card"] * 9),
        ("birth_date", ["unknown"] * 9),
        ("Date of Birth", ["1980", "1981", "1982", "1983"]),
        ("Birth Year", ["1980", "1981", "1982", "1983"]),
        ("Births by Date", BIRTHS),
        ("Incident Date", BIRTHS),
        # what offices publish of themselves
        ("Phone", PHONES),
        ("PHONE_NO", PHONES),
        ("Contractor Phone", PHONES),
        ("Customer Service Phone", PHONES),
        ("Description", [f"Open Monday to Friday. Call {p} for hours." for p in PHONES]),
        ("Email", ["info@gmail.com", "opendata@yahoo.com", "parks@aol.com", "office.2@hotmail.com", "clerk@me.com"]),
        ("Email", [f"jo.smith{n}@chattanooga.gov" for n in range(60)]),
        ("Contact Email", [f"jo{n}@acme{n}.example" for n in range(60)]),
        ("Contact Email 1", PRIVATE),
        ("Data Steward Email Address", [f"jo{n}@lib.city.gov" for n in range(60)]),
        ("URL", [f"https://x.example/@{n}?a=b@gmail.com" for n in range(60)]),
        ("handle", [f"@jo{n}" for n in range(60)]),
        # names that are published, or are no persons
        ("Owner Name", NAMES * 3),
        ("Artist Name", NAMES * 3),
        ("Student Name", ["n/a"] * 90),
        ("School Name", NAMES * 3),
        ("Student Count", [str(n) for n in range(60)]),
    ],
)  # fmt: skip
def test_what_is_left_alone(tmp_path: Path, name: str, values: Values) -> None:
    assert screened(tmp_path, {"id": [str(n) for n in range(60)], name: values}) == {}


def test_animals_have_birthdays_too(tmp_path: Path) -> None:
    assert screened(tmp_path, {"Breed": ["Beagle"] * 40, "Date of Birth": BIRTHS[:40]}) == {}


def test_numbers_and_dates_are_looked_at_where_their_name_is_suspicious(tmp_path: Path) -> None:
    told = {
        column("ssn", "number"): [s.replace("-", "") for s in SSNS],
        column("dob", "date", 2): BIRTHS,
        column("amount", "number", 3): [s.replace("-", "") for s in SSNS],
    }
    assert screened_typed(tmp_path, told) == {"ssn": "ssn", "dob": "date_of_birth"}


def test_a_number_that_lost_its_leading_zeros_is_one() -> None:
    assert is_social_security_number("1234567")
    assert is_social_security_number("12345678.0")
    assert not is_social_security_number("123456")
    assert not is_social_security_number("900123456")


def test_a_family_names_what_it_publishes_on_purpose(tmp_path: Path) -> None:
    told = {"Employee Name": NAMES * 3, "Job Title": ["Clerk"] * 60, "SSN": SSNS}
    assert screened(tmp_path, told, family="employee_salaries") == {"SSN": "ssn"}
    numbers = {"Employee ID": SSNS, "Job Title": ["Clerk"] * 60}
    assert screened(tmp_path, numbers, family="employee_salaries") == {"Employee ID": "ssn"}


def test_the_header_is_looked_at_too(tmp_path: Path) -> None:
    assert screened_typed(tmp_path, {column("column_3", header="Date of Birth"): BIRTHS}) == {
        "column_3": "date_of_birth"
    }


def test_the_sample_is_spread_over_the_whole_file(tmp_path: Path) -> None:
    """What begins in the last tenth of a long file is found, and no more rows are read than said."""
    values = ["nothing to say"] * 90_000 + [f"caller can be reached at {p}" for p in PHONES for _ in range(170)]
    assert screened(tmp_path, {"notes": values}, group=20_000) == {"notes": "phone"}
    ((_, texts),) = sampled_texts(tmp_path / "rows.parquet", ["notes"], 500)
    assert len(texts) == 500
    assert 35 <= sum("caller" in text for text in texts) <= 65


@pytest.mark.parametrize("count", [0, 1, 2, 499, 500, 501, 7_000])
def test_samples_of_any_size(tmp_path: Path, count: int) -> None:
    pq.write_table(pa.table({"a": [str(n) for n in range(count)]}), tmp_path / "t.parquet", row_group_size=300)
    ((_, texts),) = sampled_texts(tmp_path / "t.parquet", ["a"], 500)
    assert len(texts) == len(set(texts)) == min(count, 500)


@given(st.lists(st.one_of(st.none(), st.text(max_size=60)), min_size=1, max_size=8), st.text(min_size=1, max_size=30))
def test_any_table_can_be_screened_and_no_value_comes_out(
    tmp_path_factory: pytest.TempPathFactory, values: list[str | None], name: str
) -> None:
    clean = [None if v is None else v.encode("utf-8", "replace").decode() for v in values]
    named = name.encode("utf-8", "replace").decode()
    found = screened(tmp_path_factory.mktemp("any"), {named: clean})
    assert set(found) <= {named}
    assert set(found.values()) <= {"ssn", "card", "date_of_birth", "email", "phone", "name"}


@given(st.text(alphabet="0123456789-() .+x@a", max_size=2_000))
def test_patterns_take_any_text(text: str) -> None:
    for find in (emails, card_numbers, phone_numbers):
        assert all(found for found in find(text))


@given(st.integers(0, 10**15 - 1))
def test_one_wrong_digit_is_no_card(body: int) -> None:
    digits = f"4{body:015}"
    right = [d for d in range(10) if list(card_numbers(digits[:-1] + str(d)))]
    assert len(right) <= 1
