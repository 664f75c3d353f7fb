"""`gouji serve`: the page on this computer that reports are dropped into."""

import sys

import click

from validator.words import line

from .language import settle_language, shown_language
from .options import Whole
from .output import tell
from .spoken import HELP, LANG, command, option


@command
@option(
    "--port",
    type=Whole(min=0),
    default=0,
    metavar="N",
)
@option("--no-browser", is_flag=True)
@option(
    "--until-closed",
    is_flag=True,
)
@LANG
@HELP
@click.pass_context
def serve(ctx: click.Context, port: int, no_browser: bool, until_closed: bool) -> None:
    """Serve the page until the process is asked to end."""
    from validator.serving.server import serve as serve_page

    language = settle_language(ctx)
    shown = shown_language(language, sys.stderr)
    serve_page(
        port,
        language,
        open_page=not no_browser,
        end_when_left=until_closed,
        announce=lambda address: tell(line("serve-at", address=address).in_language(shown)),
    )
