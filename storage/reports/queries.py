"""All questions of reports in one."""

from storage.engine import Database
from storage.reports.cuts import Cuts
from storage.reports.entries import EntryLists
from storage.reports.lists import WaitLists
from storage.reports.open_waits import OpenQueries
from storage.reports.still_late import StillLate
from storage.reports.sums import SumQueries
from storage.reports.use import UseQueries
from storage.reports.workload import WorkQueries


class SqlReports(SumQueries, OpenQueries, StillLate, WaitLists, EntryLists, UseQueries, WorkQueries):
    """Implements hub.ports.Reports."""

    def __init__(self, database: Database, cuts: Cuts) -> None:
        SumQueries.__init__(self, database, cuts)
