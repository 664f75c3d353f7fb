"""Figures of pictures: the sums choose among what was seen, and never take what no one saw."""

from validator.diagnosis.scanned import choose_readings
from validator.model.location import ScanPlace
from validator.model.outcome import Equation, Outcome, Severity, Verdict
from validator.model.report import CellState, Problem, Report, ReportCell
from validator.pipeline.knowledge import load_knowledge
from validator.pipeline.single import settle_pictures

Readings = tuple[tuple[str, float, float], ...]


def seen(*readings: tuple[str, float, float], agreed: bool = True) -> ReportCell:
    """A figure of a picture with what it may be."""
    text, one, other = readings[0]
    place = ScanPlace(1, (0, 0, 9, 9), min(one, other), readings, agreed)
    return ReportCell(int(text), text, CellState.NUMBER, place)


def sure(text: str) -> ReportCell:
    return seen((text, 0.99, 0.99))


def choose(cells: dict[str, ReportCell], *sums: tuple[str, ...]) -> dict[str, ReportCell]:
    """Let sums choose; the first cell of each is the total of the others."""
    outcomes = [
        Outcome(
            "sum",
            total,
            Verdict.HOLDS,
            Severity.ERROR,
            exact=True,
            equation=Equation(tuple((1, part) for part in parts), "=", ((1, total),)),
        )
        for total, *parts in sums
    ]
    return choose_readings(outcomes, cells)[0]


def test_a_sum_chooses_between_readings() -> None:
    doubtful = seen(("3", 0.6, 0.3), ("8", 0.3, 0.6), agreed=False)
    chosen = choose({"a": doubtful, "b": sure("4"), "all": sure("12")}, ("all", "a", "b"))
    assert (chosen["a"].value, chosen["a"].raw, chosen["a"].note) == (8, "8", "chosen")
    assert isinstance(chosen["a"].location, ScanPlace)
    assert chosen["a"].location.proved == 1


def test_a_sum_proves_a_doubtful_reading() -> None:
    doubtful = seen(("3", 0.6, 0.3), ("8", 0.3, 0.6), agreed=False)
    chosen = choose({"a": doubtful, "b": sure("4"), "all": sure("7")}, ("all", "a", "b"))
    assert chosen["a"].value == 3


def test_what_only_the_sum_knows_is_not_read() -> None:
    """The sum wants 5, which nobody saw: a slip of the report, and the doubtful figure stays unread."""
    doubtful = seen(("3", 0.6, 0.3), ("8", 0.3, 0.6), agreed=False)
    chosen = choose({"a": doubtful, "b": sure("4"), "all": sure("9")}, ("all", "a", "b"))
    assert (chosen["a"].value, chosen["a"].state) == (None, CellState.UNREADABLE)
    assert (chosen["b"].value, chosen["all"].value) == (4, 9)


def test_a_slip_of_the_report_is_kept_as_printed() -> None:
    clear = seen(("12", 0.999, 0.999), ("21", 0.0001, 0.0001))
    chosen = choose({"a": clear, "b": sure("4"), "all": sure("25")}, ("all", "a", "b"))
    assert chosen["a"].value == 12


def test_a_slip_that_breaks_three_sums_is_one_slip_all_the_same() -> None:
    """Three sums want 0 where 9 is printed: however many they are, what is clearly printed is never read as 0."""
    printed = seen(("9", 0.9977, 0.9016), ("0", 0.0001, 0.0429))
    cells = {"a": printed, **{f"{sum_}{end}": sure(text) for sum_ in "xyz" for end, text in (("", "4"), ("all", "4"))}}
    chosen = choose(cells, *((f"{sum_}all", "a", sum_) for sum_ in "xyz"))
    assert chosen["a"].value is None or chosen["a"].value == 9
    assert chosen["a"].note != "chosen"


def test_two_answers_as_likely_leave_the_figure_unread() -> None:
    one = seen(("3", 0.5, 0.5), ("8", 0.45, 0.45))
    other = seen(("3", 0.5, 0.5), ("8", 0.45, 0.45))
    chosen = choose({"a": one, "b": other, "all": sure("11")}, ("all", "a", "b"))
    assert (chosen["a"].value, chosen["b"].value, chosen["all"].value) == (None, None, 11)


def test_without_a_sum_both_ways_must_agree() -> None:
    doubtful = seen(("3", 0.6, 0.3), ("8", 0.3, 0.6), agreed=False)
    faint = seen(("7", 0.3, 0.3))
    chosen = choose({"a": doubtful, "b": sure("4"), "c": faint})
    assert [cell.value for cell in chosen.values()] == [None, 4, None]


def test_a_figure_that_a_sum_speaks_against_must_be_clear() -> None:
    """As a 9 is whose tail a stamp has covered: both ways see a 0, and no one is certain."""
    covered = seen(("30", 0.83, 0.9), ("20", 0.08, 0.03))
    chosen = choose({"a": covered, "b": sure("4"), "all": sure("43")}, ("all", "a", "b"))
    assert chosen["a"].value is None
    assert choose({"a": covered})["a"].value == 30


def test_what_is_not_found_in_a_picture_may_be_there_all_the_same() -> None:
    place = ScanPlace(1, (0, 0, 9, 9), 1.0, (), agreed=True)
    lacks = [Problem(kind, place, (), {}) for kind in ("missing-table", "missing-row", "label-damaged", "row-order")]
    report = Report("scan.pdf", "2021", None, 2023, {"review.total": sure("3")}, (), tuple(lacks))
    settled = settle_pictures(report, load_knowledge())
    assert [problem.kind for problem in settled.problems] == ["table-unread", "rows-unread", "row-order"]
