"""`--report docx=DIR/`: a notice (整改通知) for each body, filled into a Word template that users may replace."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from validator.errors import UsageError
from validator.model.outcome import Severity
from validator.model.result import Results
from validator.patterns import Pattern
from validator.words import line

from .layout import make_harmless
from .look import Look
from .rows import Row, problem_rows
from .sheets import repack
from .site.entries import name_page

_BUILT_IN = Path(__file__).parent / "templates" / "notice"
_UNSAFE = Pattern(r"[^\w（）()—-]+")
_LONGEST_NAME = 60
_TOLD = (Severity.ERROR, Severity.WARNING)


def render_notices(results: Results, look: Look, folder: Path, template: Path | None = None) -> None:
    """Write a notice into a folder for each body whose reports have something to correct or to verify.

    The template is filled by jinja2 in a sandbox: `body`, `years`, `errors`, `warnings`, and `problems`, each with the
    columns of the list in sheets and its `number`. Raises UsageError without docxtpl, or for a template that cannot be
    filled.
    """
    try:
        from docxtpl import DocxTemplate
        from jinja2 import TemplateError
        from jinja2.sandbox import SandboxedEnvironment
    except ModuleNotFoundError:
        raise UsageError.lacking("docx", "lists") from None
    path = template or _BUILT_IN / f"{look.language}.docx"
    taken: set[str] = set()
    for body, values in _gather(results, look):
        try:
            document = DocxTemplate(path)
            document.render(values, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
            filled = io.BytesIO()
            document.save(filled)
        except (TemplateError, OSError, KeyError, ValueError) as error:
            raise UsageError.of("bad-template", path=str(path), reason=str(error)) from error
        name = _name_file(body, look)
        if name.lower() in taken:
            name = f"{name}-{name_page(body).partition('.')[0]}"
        taken.add(name.lower())
        (folder / f"{name}.docx").write_bytes(repack(filled.getvalue()))


def _gather(results: Results, look: Look) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each body with what its notice says, in the order of names; reports of no known body have none."""
    bodies: dict[str, tuple[str, list[Row]]] = {}
    for result in results.reports:
        whose = result.whose
        name = (whose.name if whose else "") or result.organization or ""
        if not name or not result.findings:
            continue
        rows = bodies.setdefault(whose.body if whose and whose.body else name, (name, []))[1]
        rows += [row for row in problem_rows(result, results, look) if row["severity"] in _TOLD]
    for name, rows in sorted(bodies.values(), key=lambda body: body[0]):
        if not rows:
            continue
        rows.sort(key=lambda row: (row["year"] or 0, row["severity"] != Severity.ERROR))
        problems = [{**{key: _show(value) for key, value in row.items()}, "number": n} for n, row in enumerate(rows, 1)]
        years = look.say(line("list")).join(dict.fromkeys(str(row["year"]) for row in rows if row["year"]))
        counts = {f"{kind}s": sum(row["severity"] == kind for row in rows) for kind in _TOLD}
        yield name, {"body": make_harmless(name), "years": years, **counts, "problems": problems}


def _show(value: object) -> str:
    """Give a value as text of a document: a line is a line, what else controls is shown as an escape."""
    if isinstance(value, list):
        value = " ".join(value)
    return "" if value is None else "；".join(make_harmless(part) for part in str(value).split("\n"))


def _name_file(body: str, look: Look) -> str:
    return look.say(line("notice-file", name=_UNSAFE.sub("_", body)[:_LONGEST_NAME] or "_"))
