"""What options may be given: one of several words, a number, a path; and the option that sets the language."""

import os
from pathlib import Path
from typing import Any, Literal

import click

from validator.words import ask_nearest

from .words import option, words


class Choice(click.Choice[str]):
    """One of several words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Give the word; click.BadParameter names the words there are."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            words_there = [str(choice) for choice in self.choices]
            near = ask_nearest(str(value), words_there)
            zh = f"没有“{value}”{near.zh or '，'}可以是 {'、'.join(words_there)}"
            raise click.BadParameter(words(zh, f"{error.message}{near.en}"), ctx, param) from None


class Whole(click.IntRange):
    """A whole number from a smallest one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        """Give the number; click.BadParameter says what it may be."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            zh = f"“{value}”不对，应为不小于 {self.min} 的整数"
            raise click.BadParameter(words(zh, error.message), ctx, param) from None


class Measure(click.FloatRange):
    """A number from a smallest one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        """Give the number; click.BadParameter says what it may be."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            zh = f"“{value}”不对，应为不小于 {self.min:g} 的数"
            raise click.BadParameter(words(zh, error.message), ctx, param) from None


class Place(click.Path):
    """A path: a folder that is there, a file that may be written, or any."""

    def __init__(self, wanted: Literal["folder", "new folder", "file", "any"] = "any") -> None:
        super().__init__(
            exists=wanted == "folder",
            file_okay="folder" not in wanted,
            dir_okay=wanted != "file",
            readable=False,
            path_type=Path,
        )

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Give the path; click.BadParameter says what is there instead."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            kinds = "是文件，应为文件夹" if not self.file_okay else "是文件夹，应为文件"
            zh = f"{value} {kinds}" if os.path.exists(value) else f"没有这个文件夹：{value}"
            raise click.BadParameter(words(zh, error.message), ctx, param) from None


LANG = option(
    "--lang",
    type=Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    envvar="GOUJI_LANG",
    show_envvar=True,
    expose_value=False,  # it is known before the arguments are read
    zh="输出的语言",
    en="Language of the output.",
)
