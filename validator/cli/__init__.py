"""The command line. Each command is imported when it is called, so that `gouji --version` starts at once."""

import atexit
import gc
import sys
from importlib import import_module
from typing import Any, ClassVar

# A command holds no circles worth looking for, neither while it imports and runs nor when it ends: to look after each
# 700 new objects took a tenth of its time, and to look through all of them at the end as much again.
gc.set_threshold(50_000)
atexit.register(gc.freeze)

import click  # noqa: E402

from validator import __version__  # noqa: E402

from .language import spoken_language  # noqa: E402
from .spoken import HELP, LANG, Group, Option  # noqa: E402


class Commands(Group):
    """The commands of gouji, and what every one does with an error that stops it."""

    homes: ClassVar[dict[str, str]] = {
        "check": "validator.cli.check",
        "annotate": "validator.cli.copies",
        "fix": "validator.cli.copies",
        "read": "validator.cli.show",
        "rules": "validator.cli.show",
        "explain": "validator.cli.show",
        "forms": "validator.cli.show",
        "join": "validator.cli.check",
        "baseline": "validator.cli.check",
        "serve": "validator.cli.serve",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click sets the signature
        """Name the commands in the order of the help."""
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command; None if there is no such command."""
        home = self.homes.get(cmd_name)
        _import_msgspec()
        command: click.Command | None = getattr(import_module(home), cmd_name) if home else None
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what a command gives
        """Run a command; a wrong call or a bad rule file ends it with one line and status 2."""
        from validator.errors import GoujiError

        _end_on_signals()
        try:
            return super().invoke(ctx)
        except GoujiError as error:
            click.echo(f"gouji: {error.words.in_language(spoken_language())}", err=True)
            ctx.exit(2)
        except OSError as error:
            # What the computer refuses the run itself (temporary files, processes) and nothing above could do without.
            click.echo(f"gouji: {error}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            ctx.exit(130)


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, which it prefers and needs for nothing from Python 3.11 on.

    That would take longer than all of the model.
    """
    if not {"msgspec", "typing_extensions"} & sys.modules.keys():
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
        import_module("msgspec")
        del sys.modules["typing_extensions"]


def _end_on_signals() -> None:
    """Clear away what lies in temporary files when the process is asked to end, and end with its usual status."""

    import signal
    from threading import current_thread, main_thread

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
)
@click.version_option(
    __version__,
    "-V",
    "--version",
    prog_name="gouji",
    message="%(prog)s %(version)s",
    cls=Option,
)
@LANG
@HELP
def main() -> None:
    """Run the command that the arguments name."""
