"""Pages of reports, and Debian's Chromium to open them in; without it these tests are skipped, but not in CI."""

import os
import shutil
from pathlib import Path

import pytest
from audit_samples import check_samples

from validator.model.result import Results
from validator.render.audit import render_html
from validator.render.look import Look

CI = os.environ.get("CI", "").lower() == "true"


@pytest.fixture(scope="session")
def swapped() -> Results:
    """One cell has its digits swapped and breaks a row and a column."""
    return check_samples("faulty/digits_swapped_2022/report.html")


@pytest.fixture(scope="session")
def browser():
    if not CI:
        pytest.importorskip("playwright")
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None and not CI:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        # Containers of CI run as root, where Chromium has no sandbox to offer.
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Write results as a page and open it; at the end nothing may have been complained of or asked for."""
    contexts, complaints = [], []

    def open_page(results: Results, *, lang="zh", width=1440, theme="light", script=True, **context):
        path = tmp_path / f"audit{len(contexts)}.html"
        path.write_bytes("".join(render_html(results, Look(lang))).encode("utf-8", "backslashreplace"))
        opened = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=script, **context
        )
        contexts.append(opened)
        page = opened.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url != path.as_uri() else None)
        if script:
            page.add_init_script(
                "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective))"
            )
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as axe-playwright-python brings it."""
    if not CI:
        pytest.importorskip("axe_playwright_python")
    import axe_playwright_python

    (folder,) = axe_playwright_python.__path__
    return (Path(folder) / "axe.min.js").read_text(encoding="utf-8")
