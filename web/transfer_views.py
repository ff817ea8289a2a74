"""What the pages of transfers, states, pairs and weapons show; HTML page and JSON twin are made of the same."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.listing_evidence import EvidenceRow, evidence_of
from models.listing_flows import Count, StatedValues, TransferTotals, count_transfers, list_facets, stated_values
from models.listing_flows import transfer_totals as totals_of
from models.listing_registers import RegisterLine, imported_registers, register_lines
from models.listing_series import series_by_id
from models.listing_transfers import TransferFilters, TransferRow, list_transfers, transfer_by_id
from models.transfer import Transfer
from web.flow_plots import PLOTS
from web.flow_questions import FlowQuestion, TransferQuestion
from web.plots import Plot
from web.questions import LAST_PAGE, PAGE_SIZE
from web.remembered import Remembered, RememberedEach
from web.transfer_fields import FieldSupport, OriginFields, field_supports, origin_fields
from web.transfer_plots import claim_ids, coverage_plot, ladder_plot, series_plot, timeline_plot, undated_rungs
from web.transfer_words import is_code, state_name

MOST_QUOTES = 400  # claims of one transfer that are shown with their words
CANDIDATES = 3  # claims among which a card chooses its quote
NEWEST = 8
COUNTED = ("supplier", "recipient", "weapon", "category")
WORLD_PLOTS = ("suppliers-map", "recipients-map", "matrix", "years", "categories", "stages")
MOST_LINES = 40  # transfers in a timeline


@dataclass(frozen=True, slots=True)
class TransferCard:
    """One transfer of a list, with the words of one claim for the stage it has reached."""

    transfer: TransferRow
    evidence: EvidenceRow | None


@dataclass(frozen=True, slots=True)
class TransferList:
    """One page of a list of transfers; ``facets`` count what each choice would leave."""

    total: int
    page: int
    pages: int
    totals: TransferTotals
    facets: dict[str, tuple[Count, ...]]
    rows: tuple[TransferCard, ...]


@dataclass(frozen=True, slots=True)
class TransferView:
    """One transfer whole; ``evidence`` are its claims by id, ``hidden`` how many more there are than shown."""

    transfer: TransferRow
    evidence: dict[int, EvidenceRow]
    hidden: int
    undated: tuple[str, ...]
    origins: tuple[OriginFields, ...]
    supports: tuple[FieldSupport, ...]
    registers: tuple[str, ...]
    register_lines: tuple[RegisterLine, ...]
    as_of: datetime
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True)
class FlowView:
    """The transfers under some filters: counted by each dimension, values by kind, the newest ones, plots."""

    asked: dict[str, Any]
    totals: TransferTotals
    counts: dict[str, tuple[Count, ...]]
    values: tuple[StatedValues, ...]
    newest: tuple[TransferCard, ...]
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state or a group with how many transfers it supplies and receives."""

    state: str | None
    name: str
    is_state: bool
    supplies: int
    receives: int


@dataclass(frozen=True, slots=True)
class StateList:
    """All states and groups; the one without a name stands for sides that are not known."""

    states: tuple[StateRow, ...]
    totals: TransferTotals
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True)
class CountryView:
    """One state or group: what it supplies, and what it receives."""

    state: str
    name: str
    supplies: FlowView
    receives: FlowView
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with its weapons and how many transfers there are of each; the last may have no designation."""

    category: str | None
    transfers: int
    weapons: tuple[tuple[str | None, int], ...]


class FlowReader:
    """What the views of transfers read from; what takes long to count may be older than the rest."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._counts = RememberedEach(self._find_counts)
        self._states, self._weapons = Remembered(self._find_states), Remembered(self._find_weapons)
        self._countries, self._flows = RememberedEach(self._find_country), RememberedEach(self._find_flow)

    def transfers(self, question: TransferQuestion) -> TransferList:
        """Gather one page of transfers."""
        totals, facets = self._counts.get(question.filters)
        with Session(self.engine) as session:
            found = list_transfers(session, question.filters, PAGE_SIZE, question.offset)
            return TransferList(
                total=found.total,
                page=question.page,
                pages=min(-(-found.total // PAGE_SIZE), LAST_PAGE),
                totals=totals,
                facets=facets,
                rows=cards(session, found.rows),
            )

    def _find_counts(self, filters: TransferFilters) -> tuple[TransferTotals, dict[str, tuple[Count, ...]]]:
        with Session(self.engine) as session:
            return totals_of(session, filters), list_facets(session, filters)

    def transfer(self, number: int) -> TransferView | None:
        """Gather one transfer, or None."""
        with Session(self.engine) as session:
            row = transfer_by_id(session, number)
            if row is None:
                return None
            ids = claim_ids(row)
            evidence = evidence_of(session, list(ids)[:MOST_QUOTES])
            origins = origin_fields(row, evidence)
            plots = (ladder_plot(row, evidence), coverage_plot(row, evidence.values()))
            return TransferView(
                transfer=row,
                evidence=evidence,
                hidden=max(0, len(ids) - len(evidence)),
                undated=undated_rungs(row),
                origins=origins,
                supports=field_supports(origins),
                registers=imported_registers(session),
                register_lines=register_lines(session, row),
                as_of=session.scalars(select(func.max(Transfer.first_seen_at))).one(),
                plots=tuple(plot for plot in plots if plot is not None),
            )

    def states(self) -> StateList:
        """Gather all states and groups, the busiest first."""
        return self._states.get(FlowQuestion())

    def _find_states(self, question: FlowQuestion) -> StateList:
        with Session(self.engine) as session:
            pairs = count_transfers(session, question.filters, ("supplier", "recipient"))
            totals, plots = totals_of(session, question.filters), _plots(session, question, WORLD_PLOTS)
        sides: tuple[Counter[Any], Counter[Any]] = (Counter(), Counter())
        for pair in pairs:
            for side, state in zip(sides, pair.values, strict=True):
                side[state] += pair.transfers
        rows = [_state_row(state, *sides) for state in {*sides[0], *sides[1]}]
        rows.sort(key=lambda row: (-(row.supplies + row.receives), row.name))
        return StateList(tuple(rows), totals, plots)

    def country(self, state: str) -> CountryView | None:
        """Gather one state or group; None where it is no state and has no transfers."""
        return self._countries.get(state)

    def _find_country(self, state: str) -> CountryView | None:
        with Session(self.engine) as session:
            supplies = _flow_view(session, FlowQuestion(supplier=state), ("recipients-map",))
            receives = _flow_view(session, FlowQuestion(recipient=state), ("suppliers-map",))
            is_known = is_code(state) and state_name(state) != state
            if not is_known and not supplies.totals.transfers and not receives.totals.transfers:
                return None
            plots = _plots(session, FlowQuestion(state=state), ("flows", "years", "categories", "stages"))
        return CountryView(state, state_name(state), supplies, receives, plots)

    def flow(self, question: FlowQuestion, names: Sequence[str]) -> FlowView:
        """Gather the transfers under some filters, with the plots named."""
        return self._flows.get((question, tuple(names)))

    def _find_flow(self, asked: tuple[FlowQuestion, tuple[str, ...]]) -> FlowView:
        with Session(self.engine) as session:
            return _flow_view(session, *asked)

    def weapons(self) -> tuple[Shelf, ...]:
        """Gather the designations by category, the fullest category first."""
        return self._weapons.get(TransferFilters())

    def _find_weapons(self, filters: TransferFilters) -> tuple[Shelf, ...]:
        with Session(self.engine) as session:
            counts = count_transfers(session, filters, ("category", "weapon"))
        categories = dict.fromkeys(count.values[0] for count in counts)
        shelves = [_shelf(each, [count for count in counts if count.values[0] == each]) for each in categories]
        return tuple(sorted(shelves, key=lambda shelf: -shelf.transfers))

    def plot(self, name: str, question: FlowQuestion) -> Plot | None:
        """Give a plot of counts by its name; None where there is nothing to draw or no such plot."""
        with Session(self.engine) as session:
            return next(iter(_plots(session, question, (name,))), None)

    def transfer_plot(self, number: int, name: str) -> Plot | None:
        """Give a plot of one transfer."""
        view = self.transfer(number)
        return next((plot for plot in view.plots if plot.chart == name), None) if view else None

    def series_plot(self, number: int) -> Plot | None:
        """Give the plot of one series."""
        with Session(self.engine) as session:
            series = series_by_id(session, number)
            return series_plot(series) if series is not None else None


def cards(session: Session, rows: Sequence[TransferRow]) -> tuple[TransferCard, ...]:
    """Give transfers with a quote each: for the stage reached, one that stands in its text, by the surest claim."""
    wanted = {row.id: _candidates(row) for row in rows}
    evidence = evidence_of(session, {number for numbers in wanted.values() for number in numbers})
    return tuple(TransferCard(row, _best([evidence[n] for n in wanted[row.id] if n in evidence])) for row in rows)


def _candidates(row: TransferRow) -> list[int]:
    rungs = sorted(row.rungs, key=lambda rung: rung["status"] != row.status)
    return [n for rung in rungs for name in ("claims", "plans", "repeats", "denials") for n in rung[name]][:CANDIDATES]


def _best(evidence: Sequence[EvidenceRow]) -> EvidenceRow | None:
    return max(
        evidence, key=lambda each: (each.is_verified, each.role == "support", each.claim.confidence), default=None
    )


def _flow_view(session: Session, question: FlowQuestion, names: Sequence[str]) -> FlowView:
    filters = question.filters
    return FlowView(
        asked=question.chosen(),
        totals=totals_of(session, filters),
        counts={name: count_transfers(session, filters, (name,)) for name in COUNTED},
        values=stated_values(session, filters),
        newest=cards(session, list_transfers(session, filters, NEWEST).rows),
        plots=_plots(session, question, names),
    )


def _plots(session: Session, question: FlowQuestion, names: Sequence[str]) -> tuple[Plot, ...]:
    makers: dict[str, Callable[[Session, FlowQuestion], Plot | None]] = {**PLOTS, "timeline": _timeline}
    drawn = [makers[name](session, question) for name in names if name in makers]
    return tuple(plot for plot in drawn if plot is not None)


def _timeline(session: Session, question: FlowQuestion) -> Plot | None:
    return timeline_plot(list_transfers(session, question.filters, MOST_LINES).rows, question)


def _shelf(category: Any, counts: Sequence[Count]) -> Shelf:
    ordered = sorted(counts, key=lambda count: (count.values[1] is None, -count.transfers))
    weapons = tuple((None if count.values[1] is None else str(count.values[1]), count.transfers) for count in ordered)
    return Shelf(category, sum(count.transfers for count in counts), weapons)


def _state_row(state: Any, supplies: Counter[Any], receives: Counter[Any]) -> StateRow:
    name = state_name(state)
    is_state = state is not None and is_code(state) and name != state
    return StateRow(state, name, is_state, supplies[state], receives[state])
