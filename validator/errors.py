"""The errors a caller can meet. Each message says where, what, and what to do next."""

from functools import partial
from typing import Self

from validator.model.bilingual import Bilingual
from validator.words import ReadCause, describe_read_error, line, tell_how_to_install


class GoujiError(Exception):
    """Any error this program raises on purpose; its text is ready to print, in one line for each thing that is wrong.

    `zh` is the text in Chinese, where there is one; str() gives the English one.
    """

    def __init__(self, text: str, zh: str = "") -> None:
        super().__init__(text)
        self.zh = zh

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with both texts."""
        return type(self), (str(self), self.zh)

    @property
    def words(self) -> Bilingual:
        """The text in both languages, in English where there is no other."""
        return Bilingual(self.zh or str(self), str(self))


class ReadError(GoujiError):
    """An input cannot be read as a report. `code` names the cause, `values` fill its message in the catalogue."""

    def __init__(self, code: ReadCause, **values: str | int) -> None:
        self.code = code
        self.values = values
        said = describe_read_error(code, **values)
        super().__init__(said.en, said.zh)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as code and values, of which the text is made."""
        return partial(ReadError, self.code, **self.values), ()


class CallError(GoujiError):
    """What was asked for is wrong, and nothing is checked."""

    @classmethod
    def of(cls, key: str, /, **values: str | int | Bilingual) -> Self:
        """Make the error that says a line of the catalogue."""
        said = line(key, **values)
        return cls(said.en, said.zh)

    @classmethod
    def lacking(cls, what: str, extra: str) -> Self:
        """Make the error that says which extra a thing needs, and how to come by it."""
        return cls.of("needs-package", what=what, how=tell_how_to_install(extra))


class RuleError(CallError):
    """A form file or a rule file is wrong: the text names the file, the key and the nearest name."""


class UsageError(CallError):
    """The arguments of a call do not fit: the text says which and what is possible."""


class ConfigError(CallError):
    """The configuration or a baseline is wrong: each line of the text names the file, the line and the key."""
