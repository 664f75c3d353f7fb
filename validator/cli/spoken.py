"""Commands, options and errors of click in the language of the call: that of --lang, GOUJI_LANG, or Chinese."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from validator.model.bilingual import Bilingual, Language
from validator.words import ask_nearest, line

from .language import find_language, say, shown_language, spoken_language, tell_language

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _say_placeholder(text: str) -> str:
    """Give what stands for a value in help."""
    return _in_chinese(text) if spoken_language() == "zh" else text


def _in_chinese(placeholder: str) -> str:
    from validator.words.options import PLACEHOLDERS

    return PLACEHOLDERS.get(placeholder, placeholder)


class _Formatter(click.HelpFormatter):
    """Help whose headings are in the language of the call."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or say("usage-lead"))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}{say('usage-mark')}\n")

    def section(self, name: str) -> Any:  # noqa: ANN401 - click does not say what it gives
        return super().section(say(f"usage-{name.lower()}"))


class _Context(click.Context):
    formatter_class = _Formatter


class _Spoken:
    """Help out of the catalogue; click, which sets the attribute itself, finds the text in the language of the call."""

    said: str

    @property
    def help(self) -> str | None:
        return say(self.said)

    @help.setter
    def help(self, text: str | None) -> None:
        pass


class Option(_Spoken, click.Option):
    """An option with its help; `said` is the key of that, by default "option-" and the longest of its names."""

    def __init__(self, names: Sequence[str], said: str = "", **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(names, **attributes)
        self.said = said or f"option-{max(self.opts, key=len).removeprefix('--')}"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the names, and the help with what holds where the option is not given."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        more = []
        if self.show_envvar and isinstance(self.envvar, str):
            more.append(say("usage-variable", name=self.envvar))
        if self.show_default:
            more.append(say("usage-default", value=str(self.default)))
        if isinstance(self.type, click.IntRange | click.FloatRange):
            more.append(say("usage-least", least=str(self.type.min)))
        names = record[0]
        if self.metavar:
            names = names.removesuffix(self.metavar) + _say_placeholder(self.metavar)
        return names, f"{self.help}  [{say('usage-join').join(more)}]" if more else self.help or ""


class _Named(_Spoken, click.Command):
    """What a command and the group of all have in common: usage and help, by their names."""

    context_class = _Context

    def __init__(self, name: str | None, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(name, **attributes)
        self.said = f"command-{name}"

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Give what may follow the command's name."""
        return list(map(_say_placeholder, super().collect_usage_pieces(ctx)))


class Command(_Named):
    """A command with its help, whose wrong calls are told in the language of the call."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; click.UsageError for one too many, too."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing:
            extra = " ".join(ctx.args)
            raise click.UsageError(say("misuse-too-many", extra=extra), ctx)
        return rest


class Group(_Named, click.Group):
    """The group of commands: finds out the language of a call, and tells in it what is wrong with one."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> click.Context:
        """Read the arguments before the command's name; Misuse if they are wrong."""
        language = find_language(args)
        try:
            return super().make_context(info_name, args, parent, obj=language, **extra)
        except click.UsageError as error:
            raise Misuse(error, language or "zh") from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what a command gives
        """Run the command; Misuse if its arguments are wrong."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise Misuse(error, ctx.obj or "zh") from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command's name; where none is named, what is named is checked."""
        place = self._find_first(args)
        if place < len(args) and not ctx.resilient_parsing and args[place] not in self.list_commands(ctx):
            first = args[place]
            near = ask_nearest(first, self.list_commands(ctx))
            # A word like a command's that is no file there is a slip; all else is a path, or an option of check.
            if near.zh and not first.startswith("-") and not os.path.lexists(first):
                raise click.UsageError(say("misuse-no-command", name=first, near=near), ctx)
            args = [*args[:place], self.list_commands(ctx)[0], *args[place:]]
        return super().parse_args(ctx, args)

    def _find_first(self, args: Sequence[str]) -> int:
        """Say at which place the options of the group end: a command's name, or something to check, is there."""
        own = {name: option for option in self.params if isinstance(option, click.Option) for name in option.opts}
        place = 0
        while place < len(args) and (option := own.get(args[place].partition("=")[0])) is not None:
            place += 1 if option.is_flag or option.is_eager or "=" in args[place] else 2
        return place


class Misuse(click.ClickException):
    """A wrong call, told in the language of the call: how the command is used, and what is wrong."""

    exit_code = 2

    def __init__(self, error: click.UsageError, language: Language) -> None:
        super().__init__(_describe(error, shown_language(language, sys.stderr)))
        self.context, self.language = error.ctx, language
        self.help_alone = isinstance(error, click.exceptions.NoArgsIsHelpError)

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's own
        """Write it to standard error."""
        tell_language(self.language)
        said = []
        if self.context is not None:
            with self.context.scope(cleanup=False):
                if self.help_alone:
                    click.echo(self.context.get_help(), file=file, err=True)
                    return
                path = self.context.command_path
                said = [self.context.get_usage(), say("misuse-help", path=path)]
        lead = line("misuse-lead").in_language(shown_language(self.language, sys.stderr))
        click.echo("\n".join([*said, "", f"{lead}{self.message}"]), file=file, err=True)


def _describe(error: click.UsageError, language: Language) -> str:
    """Say what is wrong with a call; what click says in English it says itself."""
    if language == "en":
        return error.format_message()
    match error:
        case click.NoSuchOption(option_name=name):
            said = line("misuse-no-option", name=name, near=ask_nearest(name, error.possibilities or ()))
        case click.BadOptionUsage(option_name=name):
            option = _find(error)
            is_flag = option is not None and option.is_flag
            said = line("misuse-takes-no-value" if is_flag else "misuse-needs-value", name=name)
        case click.MissingParameter():
            name = "" if error.param is None else error.param.metavar or " ".join(error.param.opts)
            said = line("misuse-missing", name=_in_chinese(name))
        case click.BadParameter() if isinstance(error.param, click.Option):
            said = line("misuse-of-option", name=max(error.param.opts, key=len), message=error.message)
        case _ if any(character >= "\u4e00" for character in error.message):
            return error.message
        case _:  # what click says in English alone, and no case above knows
            said = line("misuse-unknown")
    return said.zh


def _find(error: click.BadOptionUsage) -> click.Option | None:
    """Find the option that is used wrongly."""
    options = () if error.ctx is None else error.ctx.command.params
    return next((o for o in options if isinstance(o, click.Option) and error.option_name in o.opts), None)


def option(*names: str, **attributes: Any) -> Callable[[Decorated], Decorated]:  # noqa: ANN401 - click's own
    """Add an option whose help stands in the catalogue."""
    return click.option(*names, cls=Option, **attributes)


command = click.command(cls=Command)
"""Make a command, whose help stands in the catalogue."""

HELP = click.help_option("-h", "--help", cls=Option)


class Choice(click.Choice[str]):
    """One of several words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Give the word; click.BadParameter names the words there are."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            words_there = [str(choice) for choice in self.choices]
            near = ask_nearest(str(value), words_there)
            choices = {"choices": "、".join(words_there), "detail": error.message}
            said = say("misuse-choice", value=str(value), near=near if near.zh else Bilingual("，", ""), **choices)
            raise click.BadParameter(said, ctx, param) from None


LANG = option(
    "--lang",
    type=Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    envvar="GOUJI_LANG",
    show_envvar=True,
    expose_value=False,  # it is known before the arguments are read
)
