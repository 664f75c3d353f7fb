"""Commands, options and errors of click in the language of the call: that of --lang, GOUJI_LANG, or Chinese."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from validator.model.bilingual import Bilingual, Language
from validator.words import ask_nearest

from .language import find_language, shown_language, spoken_language, tell_language, words

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_PLACES = {
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "PATH...": "路径...",
    "[PATH...]": "[路径...]",
    "RULE-ID": "规则",
    "ID": "规则",
    "FILE": "文件",
    "DIR": "文件夹",
    "FILE|DIR/": "文件|文件夹/",
    "FORMAT=PATH": "格式=文件",
    "SECONDS": "秒",
    "REV": "版本",
    "URL": "地址",
}
"""What stands for a value in help."""


class _Formatter(click.HelpFormatter):
    """Help whose headings are in the language of the call."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or words("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}{words('：', ':')}\n")

    def section(self, name: str) -> Any:  # noqa: ANN401 - click does not say what it gives
        return super().section(words(_HEADINGS.get(name, name), name))


class _Context(click.Context):
    formatter_class = _Formatter


class _Spoken:
    """Help in both languages; click, which sets the attribute itself, finds the text that is asked for."""

    said: Bilingual | None = None

    @property
    def help(self) -> str | None:
        return None if self.said is None else self.said.in_language(spoken_language())

    @help.setter
    def help(self, text: str | None) -> None:
        pass


class Option(_Spoken, click.Option):
    """An option with help in both languages."""

    def __init__(self, names: Sequence[str], said: Bilingual, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(names, **attributes)
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the names, and the help with what holds where the option is not given."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        more = []
        if self.show_envvar and isinstance(self.envvar, str):
            more.append(words(f"环境变量 {self.envvar}", f"env var: {self.envvar}"))
        if self.show_default:
            more.append(words(f"默认 {self.default}", f"default: {self.default}"))
        if isinstance(self.type, click.IntRange | click.FloatRange):
            more.append(words(f"不小于 {self.type.min}", f"at least {self.type.min}"))
        names = record[0]
        if self.metavar:
            names = names.removesuffix(self.metavar) + words(_PLACES.get(self.metavar, self.metavar), self.metavar)
        return names, f"{self.help}  [{words('，', '; ').join(more)}]" if more else self.help or ""


class Command(_Spoken, click.Command):
    """A command with help in both languages, whose wrong calls are told in one."""

    context_class = _Context

    def __init__(self, name: str | None, said: Bilingual, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(name, **attributes)
        self.said = said

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Give what may follow the command's name."""
        return [words(_PLACES.get(piece, piece), piece) for piece in super().collect_usage_pieces(ctx)]

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
            raise click.UsageError(words(f"多了参数：{extra}", f"too many arguments: {extra}"), ctx)
        return rest


class Group(_Spoken, click.Group):
    """The group of commands: finds out the language of a call, and tells in it what is wrong with one."""

    context_class = _Context

    def __init__(self, name: str | None, said: Bilingual, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(name, **attributes)
        self.said = said

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Give what may follow the program's name."""
        return [words(_PLACES.get(piece, piece), piece) for piece in super().collect_usage_pieces(ctx)]

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
                raise click.UsageError(words(f"没有“{first}”命令{near.zh}", f"no command {first!r}{near.en}"), ctx)
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
                said = [self.context.get_usage(), words(f"详见：{path} --help", f"Try '{path} --help' for help.")]
        lead = Bilingual("错误：", "Error: ").in_language(shown_language(self.language, sys.stderr))
        click.echo("\n".join([*said, "", f"{lead}{self.message}"]), file=file, err=True)


def _describe(error: click.UsageError, language: Language) -> str:
    """Say what is wrong with a call; what click says in English it says itself."""
    if language == "en":
        return error.format_message()
    match error:
        case click.NoSuchOption():
            return f"没有 {error.option_name} 选项{ask_nearest(error.option_name, error.possibilities or ()).zh}"
        case click.BadOptionUsage():
            option = _find(error)
            if option is not None and option.is_flag:
                return f"选项 {error.option_name} 后面不带值"
            return f"选项 {error.option_name} 后面要写值"
        case click.MissingParameter():
            name = "" if error.param is None else error.param.metavar or " ".join(error.param.opts)
            return f"缺少 {_PLACES.get(name, name)}"
        case click.BadParameter() if isinstance(error.param, click.Option):
            return f"选项 {max(error.param.opts, key=len)}：{error.message}"
    # What click says in English alone, and no case above knows.
    return error.message if any(character >= "\u4e00" for character in error.message) else "命令的写法有误"


def _find(error: click.BadOptionUsage) -> click.Option | None:
    """Find the option that is used wrongly."""
    options = () if error.ctx is None else error.ctx.command.params
    return next((o for o in options if isinstance(o, click.Option) and error.option_name in o.opts), None)


def option(*names: str, zh: str, en: str, **attributes: Any) -> Callable[[Decorated], Decorated]:  # noqa: ANN401
    """Add an option with its help in both languages."""
    return click.option(*names, cls=Option, said=Bilingual(zh, en), **attributes)


def command(zh: str, en: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command with its help in both languages."""
    return click.command(cls=Command, said=Bilingual(zh, en))


HELP = click.help_option("-h", "--help", cls=Option, said=Bilingual("显示帮助", "Show this help."))


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
