"""Write the generated pages anew, or with --check end in status 1 if one is not current.

Generated are docs/cli.md, the rule pages under docs/rules/, and the screens in the READMEs: each block that follows
a comment like `<!-- screen: gouji check PATH -->` is what that command prints.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ["GOUJI_LANG"] = "en"

import click

from validator.cli import main as commands
from validator.pipeline import load_ruleset
from validator.pipeline.rulebook import write_rule_pages

ROOT = Path(__file__).resolve().parent.parent
SCREEN = re.compile(r"(<!-- screen: gouji (?P<arguments>.+?) -->\n```[a-z]*\n)(?P<text>.*?)(```)", re.DOTALL)


def main() -> None:
    """Write or check every generated page."""
    pages = dict(generate())
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    orphans = [path for path in (ROOT / "docs" / "rules").glob("*.md") if path not in pages]
    if "--check" in sys.argv[1:]:
        for path in stale + orphans:
            print(f"not current: {path.relative_to(ROOT)} (run: make docs)")
        sys.exit(1 if stale or orphans else 0)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
    for path in orphans:
        path.unlink()


def generate() -> Iterator[tuple[Path, str]]:
    """Give each generated page with its text."""
    yield ROOT / "docs" / "cli.md", "\n".join(describe_commands()) + "\n"
    for name, text in write_rule_pages(load_ruleset()):
        yield ROOT / "docs" / "rules" / name, text
    for name in ("README.md", "README.zh-CN.md"):
        yield ROOT / name, SCREEN.sub(show_screen, (ROOT / name).read_text(encoding="utf-8"))


def describe_commands() -> Iterator[str]:
    """Describe each command and its options as `--help` does."""
    yield "# Commands"
    yield ""
    yield "Generated from the commands themselves by `make docs`. `gouji COMMAND --help` says the same, in Chinese"
    yield "unless `--lang en` or `GOUJI_LANG=en` asks for English."
    context = click.Context(commands)
    for name in commands.list_commands(context):
        command = commands.get_command(context, name)
        assert command is not None
        inner = click.Context(command, context, name)
        yield from (
            "",
            f"## `gouji {name} {' '.join(command.collect_usage_pieces(inner))}`",
            "",
            command.help or "",
            "",
        )
        yield from ("| option | what it does |", "|---|---|")
        for option in command.params:
            if isinstance(option, click.Option):
                yield f"| `{spell_option(option)}` | {option.help}{spell_default(option)} |"
    yield from ("", "## Completion", "", "For bash, zsh and fish, in the shell's start-up file:", "", "```console")
    yield from ('$ eval "$(_GOUJI_COMPLETE=bash_source gouji)"     # or zsh_source', "```", "", "```console")
    yield from ("$ _GOUJI_COMPLETE=fish_source gouji | source", "```")


def spell_option(option: click.Option) -> str:
    """Write the names of an option and what it takes."""
    names = ", ".join(sorted(option.opts, key=len, reverse=True))
    if option.is_flag:
        return names
    values = " \\| ".join(option.type.choices) if isinstance(option.type, click.Choice) else "ID"
    return f"{names} {option.metavar or values}"


def spell_default(option: click.Option) -> str:
    """Say what holds where the option is not given, if that is worth saying."""
    return f" Default: `{option.default}`." if option.show_default else ""


def show_screen(block: re.Match[str]) -> str:
    """Run the command of a block and put what it prints in."""
    language = {"GOUJI_LANG": "en" if "--lang en" in block["arguments"] else "zh"}
    printed = subprocess.run(
        [sys.executable, "-m", "validator", *block["arguments"].split()],
        cwd=ROOT,
        env={**os.environ, **language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    ).stdout
    return block[1] + printed + block[4]


if __name__ == "__main__":
    main()
