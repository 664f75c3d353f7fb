"""The command line. Each command is imported when it is called, so that `gouji --version` starts at once."""

import signal
from importlib import import_module
from threading import current_thread, main_thread
from typing import ClassVar

import click

from validator import __version__

from .words import words


class Commands(click.Group):
    """The commands of gouji, and what every one does with an error that stops it."""

    homes: ClassVar[dict[str, str]] = {
        "check": "validator.cli.check",
        "read": "validator.cli.read",
        "rules": "validator.cli.rules",
        "explain": "validator.cli.rules",
        "forms": "validator.cli.rules",
        "join": "validator.cli.join",
        "baseline": "validator.cli.baseline",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click sets the signature
        """Name the commands in the order of the help."""
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command; None if there is no such command."""
        home = self.homes.get(cmd_name)
        command: click.Command | None = getattr(import_module(home), cmd_name) if home else None
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a wrong call or a bad rule file ends it with one line and status 2."""
        from validator.errors import GoujiError

        _end_on_signals()
        try:
            return super().invoke(ctx)
        except GoujiError as error:
            click.echo(f"gouji: {words(error.words.zh, error.words.en)}", err=True)
            ctx.exit(2)
        except OSError as error:
            # What the computer refuses the run itself (temporary files, processes) and nothing above could do without.
            click.echo(f"gouji: {error}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            ctx.exit(130)


def _end_on_signals() -> None:
    """Clear away what lies in temporary files when the process is asked to end, and end with its usual status."""

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL and current_thread() is main_thread():
            signal.signal(number, end)


@click.group(
    cls=Commands,
    context_settings={"max_content_width": 100},
    help=words(
        "核对政府信息公开工作年度报告：找出每一个对不上的数字。\n\n帮助的语言由环境变量 GOUJI_LANG 决定（zh 或 en）。",
        "Check annual reports on government information disclosure: find every figure that does not add up.\n\n"
        "The environment variable GOUJI_LANG (zh or en) sets the language of this help.",
    ),
)
@click.version_option(
    __version__, prog_name="gouji", message="%(prog)s %(version)s", help=words("显示版本", "Show the version.")
)
@click.help_option("-h", "--help", help=words("显示帮助", "Show this help."))
def main() -> None:
    """Run the command that the arguments name."""
