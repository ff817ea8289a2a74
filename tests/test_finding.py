"""Lines of passages in, lines of claims out."""

import json

from cli.finding import find_claims_lines


def run(tmp_path, *lines):
    source, target = tmp_path / "texts.jsonl", tmp_path / "claims.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    find_claims_lines(source, target)
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_passage(tmp_path):
    text = "Officials met. Norway delivered 12 howitzers to Chile in 2024 for $30 million, they said."
    (record,) = run(tmp_path, json.dumps({"id": "a", "text": text, "language": "en", "published": "2025-01-02"}))
    assert record["id"] == "a"
    assert record["relevant"] is True
    (claim,) = record["claims"]
    assert text[claim.pop("start") : claim.pop("end")] == claim.pop("quote")
    assert claim == {
        "supplier": "NOR",
        "recipient": "CHL",
        "equipment": ["howitzers"],
        "category": "artillery",
        "quantity": 12,
        "value_amount": 3e7,
        "value_currency": "USD",
        "value_qualifier": "exact",
        "status": "delivered",
        "year": 2024,
        "modality": "attributed",
    }


def test_a_headline_with_its_first_sentence(tmp_path):
    row = {"id": 7, "headline": "France sells tanks to Egypt", "first_sentence": None, "language": "en"}
    (record,) = run(tmp_path, json.dumps(row))
    assert [(claim["supplier"], claim["recipient"]) for claim in record["claims"]] == [("FRA", "EGY")]


def test_a_bad_line_stops_nothing(tmp_path):
    good = json.dumps({"id": "c", "text": "Nothing."})
    records = run(tmp_path, "{", "[]", json.dumps({"id": "b"}), json.dumps({"id": "d", "text": 3}), good)
    assert [record["id"] for record in records] == [None, None, "b", "d", "c"]
    assert [bool(record.get("error")) for record in records] == [True, True, True, True, False]
