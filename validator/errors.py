"""The errors a caller can meet. Each message says where, what, and what to do next."""


class GoujiError(Exception):
    """Any error this program raises on purpose; its text is one line, ready to print."""


class ReadError(GoujiError):
    """An input cannot be read as a report. `code` names the cause, `values` fill its message.

    The message itself stands in the catalogue, in both languages; str() gives the English one.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        self.code = code
        self.values = values
        details = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{code} ({details})" if details else code)


class RuleError(GoujiError):
    """A form file or a rule file is wrong: the text names the file, the key and the nearest name."""


class UsageError(GoujiError):
    """The arguments of a call do not fit: the text says which and what is possible."""
