"""The errors a caller can meet. Each message says where, what, and what to do next."""

from functools import partial

from validator.model.bilingual import Bilingual
from validator.words import describe_read_error


class GoujiError(Exception):
    """Any error this program raises on purpose; its text is ready to print, in one line for each thing that is wrong.

    `zh` is the text in Chinese, where there is one; str() gives the English one.
    """

    def __init__(self, text: str, zh: str = "") -> None:
        super().__init__(text)
        self.zh = zh

    @property
    def words(self) -> Bilingual:
        """The text in both languages, in English where there is no other."""
        return Bilingual(self.zh or str(self), str(self))


class ReadError(GoujiError):
    """An input cannot be read as a report. `code` names the cause, `values` fill its message in the catalogue."""

    def __init__(self, code: str, **values: str | int) -> None:
        self.code = code
        self.values = values
        said = describe_read_error(code, **values)
        super().__init__(said.en, said.zh)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as code and values, of which the text is made."""
        return partial(ReadError, self.code, **self.values), ()


class RuleError(GoujiError):
    """A form file or a rule file is wrong: the text names the file, the key and the nearest name."""


class UsageError(GoujiError):
    """The arguments of a call do not fit: the text says which and what is possible."""


class ConfigError(GoujiError):
    """The configuration or a baseline is wrong: each line of the text names the file, the line and the key."""
