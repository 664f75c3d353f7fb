"""`gouji serve`: the page on this computer that reports are dropped into."""

import sys

import click

from validator.words import line

from .language import settle_language, shown_language
from .options import Whole
from .output import tell
from .words import HELP, LANG, command, option


@command(
    zh="在浏览器中打开一个页面，将报告拖入即可核对；文件不离开这台电脑。",
    en="Open a page in the browser to drop reports into; files do not leave this computer.",
)
@option(
    "--port",
    type=Whole(min=0),
    default=0,
    metavar="N",
    zh="端口；不写则用一个空闲的",
    en="The port; by default a free one.",
)
@option("--no-browser", is_flag=True, zh="不打开浏览器，只显示地址", en="Show the address and open no browser.")
@option(
    "--until-closed",
    is_flag=True,
    zh="页面全部关闭后结束程序",
    en="End the program when all of its pages are closed.",
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
