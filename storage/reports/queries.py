"""All questions of reports in one."""

from storage.reports.lists import WaitLists
from storage.reports.sums import SumQueries
from storage.reports.use import UseQueries


class SqlReports(SumQueries, WaitLists, UseQueries):
    """Implements hub.ports.Reports."""
