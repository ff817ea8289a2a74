"""When crawls run: APScheduler is the clock, the source rows are the memory, each crawl is a process of its own."""

import logging
import os
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from alerts.delivering import Office, run_alerts
from crawler.process import CrawlOrder, crawl, fork_server
from crawler.scouting.rounds import check_sources
from models import ledger, source_checks, source_choices
from models.search_index import SearchIndex

logger = logging.getLogger(__name__)

LEASE = "scheduler"
LEASE_LASTS = timedelta(seconds=30)
TICK = 1.0  # seconds
INDEX_EVERY = 2.0  # seconds
ALERTS_EVERY = 60.0  # seconds
CHECK_LOOK = 15.0  # seconds between two looks whether a round of checks is due
STOP_GRACE = 25.0  # seconds a crawl has between SIGTERM and SIGKILL


@dataclass(slots=True)
class Running:
    """A crawl under way: its process, and when (monotonic seconds) it must have ended."""

    run_id: int
    process: BaseProcess
    deadline: float
    is_told_to_stop: bool = False


@dataclass(slots=True)
class Crawls:
    """Starts crawls, one process each from a fork server, and sees that each ends: by itself or by its deadline."""

    engine: Engine
    most: int = 4
    deadline: timedelta = timedelta(minutes=30)
    running: dict[str, Running] = field(default_factory=dict)
    ended: int = 0

    def start(self, name: str, arguments: Mapping[str, str] | None = None) -> bool:
        """Start a crawl of the source; False while another one is at it, here or elsewhere."""
        run = ledger.start_run(self.engine, name, datetime.now(UTC))
        if run is None:
            return False
        order = CrawlOrder(name, run.id, dict(arguments or {}), source_choices.delay_of(self.engine, name))
        process = fork_server().Process(target=crawl, args=(order,), name=f"crawl {name}")
        process.start()
        self.running[name] = Running(run.id, process, time.monotonic() + self.deadline.total_seconds())
        return True

    def start_due(self, names: Sequence[str] | None) -> None:
        """Start crawls of due sources as long as there is room."""
        for name in ledger.due_sources(self.engine, datetime.now(UTC), names):
            if len(self.running) >= self.most:
                return
            self.start(name)

    def reap(self) -> None:
        """Close the runs of processes that ended, and end those that are past their deadline."""
        now = time.monotonic()
        for name, each in list(self.running.items()):
            if not each.process.is_alive():
                self._close(name, each)
            elif each.is_told_to_stop and now > each.deadline + STOP_GRACE:
                each.process.kill()
            elif not each.is_told_to_stop and now > each.deadline:
                self._tell_to_stop(each)

    def _tell_to_stop(self, each: Running) -> None:
        each.is_told_to_stop = True
        each.deadline = min(each.deadline, time.monotonic())
        each.process.terminate()

    def _close(self, name: str, each: Running) -> None:
        """Record the end of a process that could not do so itself; one that did is closed already."""
        code = each.process.exitcode
        reason = f"deadline of {self.deadline} passed" if each.is_told_to_stop else f"its process ended with {code}"
        ledger.finish_run(self.engine, each.run_id, datetime.now(UTC), outcome="killed", reason=reason)
        each.process.close()
        del self.running[name]
        self.ended += 1

    def stop(self) -> None:
        """End all crawls: what they hold is put away first, what hangs is killed after a grace."""
        for each in self.running.values():
            self._tell_to_stop(each)
        while self.running:
            self.reap()
            time.sleep(0.05)


class Schedule:
    """Crawls due sources until told to stop. Only one schedule acts on a database; others wait to take over."""

    def __init__(
        self,
        crawls: Crawls,
        index: SearchIndex,
        names: Sequence[str] | None = None,
        check_every: timedelta | None = None,
        alerts: Office | None = None,
    ) -> None:
        self.crawls, self.index, self.names, self.check_every = crawls, index, names, check_every
        self.alerts = alerts
        self.holder = ledger.new_holder()
        self.is_acting = False
        self.stopping = threading.Event()

    def run(self) -> None:
        """Tick until stop() is called, then end the crawls; the caller sets signal handlers."""
        clock = BackgroundScheduler(timezone=UTC)
        # No grace limit and coalescing: a tick that comes late is done once, never skipped.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that outlasts its second is no news
        always = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None, "next_run_time": datetime.now(UTC)}
        clock.add_job(self.tick, "interval", seconds=TICK, **always)
        clock.add_job(self.follow_with_index, "interval", seconds=INDEX_EVERY, **always)
        if self.check_every is not None:
            clock.add_job(self.check_when_due, "interval", seconds=CHECK_LOOK, **always)
        if self.alerts is not None:
            clock.add_job(self.send_alerts, "interval", seconds=ALERTS_EVERY, **always)
        clock.start()
        try:
            self.stopping.wait()
        finally:
            clock.shutdown(wait=True)
            self.crawls.stop()
            self.follow_with_index()
            if self.is_acting:
                ledger.give_lease_back(self.crawls.engine, LEASE, self.holder, datetime.now(UTC))

    def follow_with_index(self) -> None:
        """Bring new revisions into the full-text index."""
        try:
            self.index.update(self.crawls.engine)
        except OperationalError as error:
            logger.warning("database away, the index follows later: %s", error.orig)

    def check_when_due(self) -> None:
        """Check all sources, in a process of its own, when the last round of checks is long enough ago."""
        engine = self.crawls.engine
        try:
            if not self.is_acting or not source_checks.is_check_due(engine, self.check_every, datetime.now(UTC)):
                return
            drafts = check_sources(engine, self.names or (), stopping=self.stopping)
            red = [draft.name for draft in drafts if draft.is_red]
            logger.log(logging.WARNING if red else logging.INFO, "checked %d sources, red: %s", len(drafts), red)
        except OperationalError as error:
            logger.warning("database away, sources are checked later: %s", error.orig)

    def send_alerts(self) -> None:
        """Tell of what is new to those who asked for it."""
        if not self.is_acting or self.alerts is None:
            return
        try:
            run_alerts(self.alerts, datetime.now(UTC))
        except OperationalError as error:
            logger.warning("database away, alerts come later: %s", error.orig)

    def stop(self) -> None:
        """Let run() come to its end."""
        self.stopping.set()

    def tick(self) -> None:
        """Renew the lease, look after running crawls, start due ones."""
        engine, now = self.crawls.engine, datetime.now(UTC)
        try:
            was_acting, self.is_acting = self.is_acting, ledger.take_lease(engine, LEASE, self.holder, now, LEASE_LASTS)
            if self.is_acting != was_acting:
                logger.info("acting as scheduler" if self.is_acting else "another scheduler acts; waiting")
            self.crawls.reap()
            if self.is_acting:
                ledger.close_lost_runs(engine, now)
                ledger.mark_late(engine, now)
                self.crawls.start_due(self.names)
        except OperationalError as error:
            logger.warning("database away, the next tick tries again: %s", error.orig)


def stop_on_signals(schedule: Schedule) -> None:
    """Let SIGTERM and SIGINT end the schedule cleanly; a second one ends the process at once."""

    def stop(number: int, _frame: object) -> None:
        if schedule.stopping.is_set():
            os._exit(128 + number)
        schedule.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
