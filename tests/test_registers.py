from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models import RegisterRow, Transfer
from pipelines.against_registers import ComparedTransfer, compare_with_register, mirror_differences
from pipelines.register_cells import goods_of, number_of, state_of, whole_of
from pipelines.register_lines import UnreadableRegisterError
from pipelines.registers import RegisterDraft, decode_register, parse_register
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


# The newer export: a line for each year of delivery, yes and no beside what may be an estimate.
BY_YEAR = """\
Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made for 2000 to 2024
A '?' in a column indicates uncertain data. The 'Number delivered' refers only to deliveries; in the selected year(s).

SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production
71,Germany (FRG),Turkiye,Leopard-2A4,tank,Armoured vehicles,2005,No,30,No,2008,No,Second hand,4,1.6,48,No
71,Germany (FRG),Turkiye,Leopard-2A4,tank,Armoured vehicles,2005,No,12,Yes,2007,Yes,Second hand,4,1.6,19.2,No
72,unknown supplier(s),African Union**,Tiger,armoured personnel carrier,Armoured vehicles,2017,Yes,10,No,2017,No,New,0.1,0.1,1,Yes
"""  # noqa: E501
SEMICOLONS = BY_YEAR.replace(",", ";").replace("SIPRI AT Database ID;Supplier;Recipient", "Deal ID;Seller;Buyer")


@pytest.mark.parametrize("text", [BY_YEAR, SEMICOLONS], ids=["commas", "semicolons and older names"])
def test_sipri_with_a_line_for_each_year_of_delivery(text: str) -> None:
    tanks, vehicles = parse_register(text, "sipri")
    assert (tanks.line, tanks.supplier, tanks.recipient, tanks.weapon) == (5, "DEU", "TUR", "Leopard 2")
    assert (tanks.year, tanks.quantity, tanks.delivered, tanks.delivery_years) == (2005, None, 42, ("2007", "2008"))
    assert tanks.uncertain == ("delivered", "delivery_years")
    assert (vehicles.supplier, vehicles.supplier_raw, vehicles.recipient) == (None, "unknown supplier(s)", None)
    assert (vehicles.weapon, vehicles.category, vehicles.comments) == (None, "armoured vehicles", "local production")
    assert vehicles.uncertain == ("year",)


@pytest.mark.parametrize(
    ("designation", "description", "category", "wanted"),
    [
        ("Tiger", "armoured personnel carrier", None, (None, "armoured vehicles")),
        ("Boxer", "frigate", None, (None, "ships")),
        ("Boxer", "APC", None, ("Boxer", "armoured vehicles")),
        ("9P999", "portable SAM", None, (None, "missiles")),
        ("9P999", "SAM system", None, (None, "air-defence systems")),
        ("9P999 122mm", "towed gun", None, (None, "artillery")),
        ("aircraft engine", "aircraft engine", None, (None, "engines")),
        ("X-1", "trainer/combat aircraft", None, (None, "aircraft")),
        ("X-1", None, "Naval weapons", (None, "naval weapons")),
        ("X-1", "contraption", None, (None, None)),
    ],
)
def test_goods(designation: str, description: str | None, category: str | None, wanted: tuple[object, ...]) -> None:
    assert goods_of(designation, description, category) == wanted


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200,000", 1.2e6), ("1'200", 1200), ("1 200", 1200), ("1.234.567,5", 1234567.5), ("1.234,5", 1234.5),
        ("12,5", 12.5), ("12.5", 12.5), ("£1,234.50", 1234.5), ("0", 0), ("n/a", None), (None, None),
        ("9" * 5000, float("inf")),
    ],
)  # fmt: skip
def test_numbers(text: str | None, number: float | None) -> None:
    assert number_of(text) == number
    assert whole_of("9" * 5000) is None


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


UN_HEAD = (
    "Category (I-VII),Final importer State(s),Number of items,State of origin (if not exporter),"
    "Intermediate location(s) (if any),Description of items,Comments on the transfer\n"
)
ONE_REPORT = {
    "year in a title": ("UNROCA original report\nGermany 2023\n" + UN_HEAD, 2023),
    "no year at all": (UN_HEAD, None),
}


@pytest.mark.parametrize(("head", "year"), ONE_REPORT.values(), ids=ONE_REPORT)
def test_one_state_s_report_to_the_un(head: str, year: int | None) -> None:
    text = head + 'I. Battle tanks,Ukraine,18,,,Leopard 2A6,used\nAssault rifles,"Korea, Republic of","1,200",USA,,,\n'
    tanks, rifles = parse_register(text, "unroca", "DEU")
    assert (tanks.reporter, tanks.supplier, tanks.recipient) == ("DEU", "DEU", "UKR")
    assert (tanks.register_category, tanks.quantity, tanks.year, tanks.comments) == ("I", 18, year, "used")
    assert (rifles.supplier, rifles.recipient, rifles.register_category, rifles.quantity) == (
        "DEU",
        "KOR",
        "SALW",
        1200,
    )


def test_who_reports_is_told_by_the_table_of_the_report() -> None:
    head = "table,year,exporter,importer,category,num_items\n"
    text = head + "major_export,2020,Italy,Norway,Warships,1\nmajor_import,2020,Italy,Norway,Warships,2\n"
    rows = parse_register(text, "unroca")
    assert [(row.reporter, row.supplier, row.recipient, row.register_category) for row in rows] == [
        ("ITA", "ITA", "NOR", "VI"), ("NOR", "ITA", "NOR", "VI"),
    ]  # fmt: skip
    assert [each.note for each in mirror_differences(rows)] == ["ITA reports 1, NOR reports 2"]


def test_a_refused_licence_has_no_value_and_is_no_trace_of_a_transfer() -> None:
    text = 'date,rating,count,value,country,refused\n2008-01-02,ML10,1,9500,"Korea, South",0\n2008-01-07,,1,,Syria,1\n'
    granted, refused = parse_register(text, "licences", "GBR")
    assert (granted.supplier, granted.recipient, granted.year, granted.value) == ("GBR", "KOR", 2008, 9500)
    assert (granted.currency, granted.condition) == (None, None)
    assert (refused.recipient, refused.value, refused.condition) == ("SYR", None, "refused")
    sold = transfer(1, supplier="GBR", recipient="SYR", weapon=None, category=None, years=(2008,))
    assert [each.finding for each in compare_with_register([sold], [refused])] == ["not in the register", "no press"]


LICENCES = {
    "pounds in the header": ("Year;Destination;Value (£)\n2023;Turkey;1,200,000\n", ("GBR", "TUR", 1.2e6, "GBP")),
    "a column for it": ("Exporter,Destination,Value,Currency\nItaly,Qatar,5000,EUR\n", ("ITA", "QAT", 5000, "EUR")),
    "zero is not unknown": ("Year,Destination,Value (£)\n2023,Oman,0\n", ("GBR", "OMN", 0, "GBP")),
    "points and a comma": ("Exporter;Destination;Value (EUR)\nItaly;Oman;1.234,50\n", ("ITA", "OMN", 1234.5, "EUR")),
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
        ("multiple sellers", None), ("NATO", None), ("ZZZ", None), ("Russia and Belarus", None), ("NATO**", None),
        ("Democratic Republic of Congo", "COD"), ("Congo, Republic of", "COG"), ("Korea, South", "KOR"),
        ("eSwatini", "SWZ"), ("Bosnia & Herzegovina", "BIH"), ("St Kitts and Nevis", "KNA"), ("Northern Cyprus", None),
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding: str) -> None:
    assert decode_register("Türkiye".encode(encoding)) == "Türkiye"


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
