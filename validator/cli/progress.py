"""A bar on standard error while files are done, if a person may be waiting for them."""

import sys
from collections.abc import Iterable

_MANY_FILES = 5


def show_progress(done: Iterable[bool], total: int) -> Iterable[bool]:
    """Pass on what is done, one item a file, and show how many there are, how fast, and how long it will take."""
    if total <= _MANY_FILES or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f}/s" if task.speed else "", style="dim")

    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(done, total=total)
