from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models import RegisterRow, Transfer
from pipelines.against_registers import ComparedTransfer, compare_with_register, mirror_differences
from pipelines.registers import RegisterDraft, UnreadableRegisterError, decode_register, parse_register, state_of
from pipelines.store_registers import RegisterFile, compare_with_stored_register, store_register

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
# The form of SIPRI's export: preamble, two columns without a name that hold the question marks; the lines are invented.
SIPRI = """\
"Transfers of major weapons: Deals with deliveries or orders made for 2020 to 2025"
"Note: the 'No. delivered' and the 'Year(s) of delivery' columns refer to all deliveries"
""
Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Egypt,France,2021,,30,?,Rafale,FGA aircraft,6,,2024; 2025,New,"EUR4 b deal",55,1650,330
Saudi Arabia,unknown supplier,2019,?,,,BGM-71 TOW,Anti-tank missile,,,,New,,,,
Hezbollah (Lebanon)*,Iran,2005,,10,,Bladerunner,SSM,10,,2006,Second hand,,,2.5,
"""  # noqa: E501


def test_sipri() -> None:
    first, second, third = parse_register(SIPRI, "sipri")
    assert (first.line, first.supplier, first.recipient, first.weapon) == (5, "FRA", "EGY", "Rafale")
    assert (first.year, first.quantity, first.delivered, first.delivery_years) == (2021, 30, 6, ("2024", "2025"))
    assert (first.uncertain, first.tiv, first.comments) == (("quantity",), 1650, "EUR4 b deal")
    assert (first.value, first.currency) == (None, None)  # a TIV is no money
    assert (second.supplier, second.supplier_raw, second.recipient) == (None, "unknown supplier", "SAU")
    assert (second.quantity, second.delivered, second.delivery_years, second.uncertain) == (None, None, (), ("year",))
    assert (third.recipient, third.recipient_raw, third.condition) == (None, "Hezbollah (Lebanon)*", "Second hand")
    assert (third.weapon, third.weapon_raw, third.tiv) == (None, "Bladerunner", 2.5)


UN = """State,Year,Export/Import,Partner,Category,Number of items,Description
Germany,2023,Exports,Ukraine,I. Battle tanks,18,Leopard 2A6
Ukraine,2023,Imports,Germany,I. Battle tanks,20,Leopard 2A6
Germany,2023,Exports,Norway,II. Armoured combat vehicles,4,
"""


def test_un_register_in_both_directions() -> None:
    rows = parse_register(UN, "unroca")
    assert [(row.reporter, row.supplier, row.recipient, row.register_category, row.quantity) for row in rows] == [
        ("DEU", "DEU", "UKR", "I", 18), ("UKR", "DEU", "UKR", "I", 20), ("DEU", "DEU", "NOR", "II", 4),
    ]  # fmt: skip
    (difference,) = mirror_differences(rows)
    assert (difference.lines, difference.note) == ((2, 3), "DEU reports 18, UKR reports 20")


def test_un_register_with_sides_named() -> None:
    header = "Reporting State\tExporter State\tImporter State\tYear\tCategory\tQuantity\n"
    text = header + "Poland\tKorea (Republic of)\tPoland\t2022\tIII\t24"
    (row,) = parse_register(text, "unroca")
    assert (row.reporter, row.supplier, row.recipient, row.register_category, row.quantity) == (
        "POL",
        "KOR",
        "POL",
        "III",
        24,
    )


LICENCES = {
    "pounds in the header": ("Year;Destination;Value (£)\n2023;Turkey;1,200,000\n", ("GBR", "TUR", 1.2e6, "GBP")),
    "a column for it": ("Exporter,Destination,Value,Currency\nItaly,Qatar,5000,EUR\n", ("ITA", "QAT", 5000, "EUR")),
    "zero is not unknown": ("Year,Destination,Value (£)\n2023,Oman,0\n", ("GBR", "OMN", 0, "GBP")),
    "nothing printed": ("Year,Destination,Value (£)\n2023,Oman,\n", ("GBR", "OMN", None, None)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), LICENCES.values(), ids=LICENCES)
def test_licences(text: str, wanted: tuple[object, ...]) -> None:
    (row,) = parse_register(text, "licences", "GBR")
    assert (row.supplier, row.recipient, row.value, row.currency) == wanted
    assert row.value_kind == (None if row.value is None else "licence")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("United States", "USA"), ("UK", "GBR"), ("UAE", "ARE"), ("KOR", "KOR"), ("Korea (Republic of)", "KOR"),
        ("North Korea", "PRK"), ("Congo, Democratic Republic of the", "COD"), ("Niger", "NER"), ("Nigeria", "NGA"),
        ("Guinea-Bissau", "GNB"), ("Equatorial Guinea", "GNQ"), ("Bosnia and Herzegovina", "BIH"), ("Viet Nam", "VNM"),
        ("Iran (Islamic Republic of)", "IRN"), ("Soviet Union", "SUN"), ("Syria rebels*", None), ("unknown", None),
        ("multiple sellers", None), ("NATO", None), ("ZZZ", None), ("Russia and Belarus", None),
    ],
)  # fmt: skip
def test_states_of_whole_cells(name: str, wanted: str | None) -> None:
    assert state_of(name) == wanted


BROKEN = {
    "another table": ("sipri", "name,age\nAnna,30\n"),
    "empty": ("sipri", ""),
    "header alone": ("unroca", "State,Year,Partner,Export/Import\n"),
    "binary": ("licences", "\x00\x01\x02" * 1000),
    "a quote never closed": ("licences", 'Destination,Value\n"' + "x" * 200_000),
}


@pytest.mark.parametrize(("kind", "text"), BROKEN.values(), ids=BROKEN)
def test_files_that_are_no_register(kind: str, text: str) -> None:
    with pytest.raises(UnreadableRegisterError):
        parse_register(text, kind)


def test_latin_1_and_utf_8() -> None:
    assert decode_register("Türkiye".encode("latin-1")) == decode_register("Türkiye".encode()) == "Türkiye"


def transfer(number: int, **fields: object) -> ComparedTransfer:
    defaults: dict[str, object] = {
        "supplier": "FRA", "recipient": "EGY", "weapon": "Rafale", "category": "aircraft", "status": "contracted",
        "years": (2021,), "quantity_min": 30, "quantity_max": 30,
    }  # fmt: skip
    return ComparedTransfer(id=number, **(defaults | fields))  # type: ignore[arg-type]


ROW = RegisterDraft(5, "FRA", "France", "EGY", "Egypt", weapon="Rafale", category="aircraft", year=2021, quantity=30)
COMPARED = {
    "the same": (transfer(1), "in both"),
    "signed a year before": (transfer(1, years=(2020,)), "in both"),
    "ten years before": (transfer(1, years=(2011,)), "not in the register"),
    "another number": (transfer(1, quantity_min=18, quantity_max=24), "numbers differ"),
    "a range around it": (transfer(1, quantity_min=20, quantity_max=None), "in both"),
    "no number": (transfer(1, quantity_min=None, quantity_max=None), "in both"),
    "another weapon": (transfer(1, weapon="Mirage 2000"), "not in the register"),
    "a kind of goods": (transfer(1, weapon=None), "in both"),
    "another kind": (transfer(1, weapon=None, category="ships"), "not in the register"),
    "another pair": (transfer(1, recipient="GRC"), "not in the register"),
}


@pytest.mark.parametrize(("one", "finding"), COMPARED.values(), ids=COMPARED)
def test_comparison(one: ComparedTransfer, finding: str) -> None:
    found = compare_with_register([one], [ROW])
    assert found[0].finding == finding
    assert [each.finding for each in found[1:]] == ([] if found[0].lines else ["no press"])


def test_what_is_only_offered_is_not_missed() -> None:
    found = compare_with_register([transfer(1, status="offered", recipient="GRC")], [ROW])
    assert [each.finding for each in found] == ["no press"]


def test_import_and_comparison_in_the_database(engine: Engine) -> None:
    assert store_register(engine, RegisterFile("trade.csv", SIPRI.encode("latin-1"), "sipri"), NOW) == (3, True)
    assert store_register(engine, RegisterFile("again.csv", SIPRI.encode("latin-1"), "sipri"), NOW) == (3, False)
    with Session(engine) as session, session.begin():
        assert session.scalar(select(func.count()).select_from(RegisterRow)) == 3
        session.add(Transfer(
            key="one", supplier="FRA", recipient="EGY", weapon="Rafale", category="aircraft", status="contracted",
            independent_origins=1, year_min=2021, year_max=2021, items=[], beside=[], rungs=[], quantities=[],
            amounts=[], origins=[], contradictions=[], agreements=[],
        ))  # fmt: skip
    with Session(engine) as session:
        found = compare_with_stored_register(session, "sipri")
        assert found is not None
        assert [(each.finding, each.lines) for each in found] == [
            ("in both", (5,)),
            ("no press", (6,)),
            ("no press", (7,)),
        ]
        assert "unknown supplier" in (found[1].note or "")
        assert compare_with_stored_register(session, "unroca") is None
