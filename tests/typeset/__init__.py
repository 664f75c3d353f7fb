"""Sets figures as the reports of real bodies print them: one report, many layouts.

A layout is a function (Report of figures) -> text; LAYOUTS names them. All begin from the same printed grid.
"""

from .grid import PrintedCell, PrintedReport, print_report, print_sheet
from .layouts import LAYOUTS

__all__ = ["LAYOUTS", "PrintedCell", "PrintedReport", "print_report", "print_sheet"]
