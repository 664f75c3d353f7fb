"""The fields that the message of a rule may use: "{column}", "{left}", "{difference}"."""

import re
from collections.abc import Collection

from validator.errors import RuleError
from validator.records import nearest

from .schema import Rule

FIELD = re.compile(r"\{([a-z_.]+)\}")


def check_message(rule: Rule, known: Collection[str], place: str) -> None:
    """Raise RuleError if a message uses a field that is not known, or if the languages differ in them."""
    used = {language: set(FIELD.findall(rule.message.in_language(language))) for language in ("zh", "en")}
    for language, names in used.items():
        for name in sorted(names.difference(known)):
            raise RuleError(f"{place}: message.{language}: no field {name!r}{nearest(name, known)}")
    if used["zh"] != used["en"]:
        odd = ", ".join(sorted(used["zh"] ^ used["en"]))
        raise RuleError(f"{place}: message: only one language uses {odd}")
