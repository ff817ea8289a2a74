import pytest

from benchmarks import score


def claim(supplier: str | None = "NOR", recipient: str | None = "CHL", *equipment: str, **more: object) -> score.Claim:
    return {"supplier": supplier, "recipient": recipient, "equipment": list(equipment), **more}


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        pytest.param("F-16 fighters", "F-16s", True, id="plural"),
        pytest.param("K9 howitzers", "K9A1", True, id="variant"),
        pytest.param("F-1 jets", "F-16", False, id="longer number"),
        pytest.param("arms", "military equipment", True, id="both generic"),
        pytest.param("arms", "tanks", False, id="generic and named"),
        pytest.param("системы С-400", "С-400", True, id="Cyrillic"),
        pytest.param("véhicules blindés", "vehicules", True, id="accents"),
    ],
)
def test_equipment_agrees_by_a_word_that_names_an_item(wanted: str, found: str, same: bool) -> None:
    assert score.is_same_equipment(claim(None, None, wanted), claim(None, None, found)) is same


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        pytest.param(None, None, True, id="both unknown"),
        pytest.param("USA", None, False, id="one unknown"),
        pytest.param("SUN", "RUS", True, id="Soviet as Russian"),
        pytest.param("USA", "RUS", False, id="other state"),
        pytest.param("Houthi rebels", "Houthis", True, id="a word in common"),
        pytest.param("YEM", "Houthi rebels", False, id="state and group"),
    ],
)
def test_parties_agree_by_code_or_word(wanted: str | None, found: str | None, same: bool) -> None:
    assert score.is_same_party(wanted, found) is same


def test_as_many_pairs_as_can_be() -> None:
    wanted = [claim("NOR", "CHL", "missiles"), claim("NOR", "CHL", "Sting missiles")]
    found = [claim("NOR", "CHL", "Sting missiles"), claim("NOR", "CHL", "Sting")]
    assert score.pair_claims(wanted, found) == ((0, 0), (1, 1))


def test_the_nearer_claim_is_paired_first() -> None:
    wanted = [claim("NOR", "CHL", "guns", quantity=90), claim("NOR", "CHL", "guns", quantity=6)]
    assert score.pair_claims(wanted, wanted[::-1]) == ((0, 1), (1, 0))


def test_counts_and_shares() -> None:
    judged = [
        score.judge("en", [claim("NOR", "CHL", "guns", quantity=6)], [claim("NOR", "CHL", "guns", confidence=0.9)]),
        score.judge("en", [], [claim("NOR", "PER", "guns", confidence=0.4)]),
        score.judge("en", [], []),
    ]
    tally = score.total(each.tally for each in judged)
    assert (tally.precision, tally.recall, round(tally.f1, 3)) == (0.5, 1.0, 0.667)
    assert score.tally_field("quantity", judged) == score.Tally(0, 0, 1)
    assert score.share_right("quantity", judged) == 0.0
    assert score.share_false(judged) == 0.5
    assert score.weigh_confidence(judged, (0.0, 0.5, 1.0)) == [(1, 0.4, 0.0), (1, 0.9, 1.0)]


def test_a_printed_conversion_counts_as_the_value() -> None:
    wanted = claim(value_amount=4e8, value_currency="BGN", value_alt=[[2.24e8, "USD"]])
    assert score.AGREES["value"](wanted, claim(value_amount=2.24e8, value_currency="USD"))
    assert not score.AGREES["value"](wanted, claim(value_amount=2.24e8, value_currency="EUR"))
    assert not score.AGREES["value"](wanted, claim())
