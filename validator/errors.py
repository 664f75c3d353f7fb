"""The errors a caller can meet. Each message says where, what, and what to do next."""

from functools import partial


class GoujiError(Exception):
    """Any error this program raises on purpose; its text is ready to print, in one line for each thing that is wrong.

    `zh` is the text in Chinese, where there is one.
    """

    def __init__(self, text: str, zh: str = "") -> None:
        super().__init__(text)
        self.zh = zh

    def in_language(self, language: str) -> str:
        """Give the text in the language asked for ("zh" or "en"), in English where there is no other."""
        return self.zh if language == "zh" and self.zh else str(self)


class ReadError(GoujiError):
    """An input cannot be read as a report. `code` names the cause, `values` fill its message.

    The message itself stands in the catalogue, in both languages; str() gives the English one.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        self.code = code
        self.values = values
        details = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{code} ({details})" if details else code)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as code and values, of which the text is made."""
        return partial(ReadError, self.code, **self.values), ()


class RuleError(GoujiError):
    """A form file or a rule file is wrong: the text names the file, the key and the nearest name."""


class UsageError(GoujiError):
    """The arguments of a call do not fit: the text says which and what is possible."""


class ConfigError(GoujiError):
    """The configuration or a baseline is wrong: each line of the text names the file, the line and the key."""
