"""The page on configuration: its examples are read, and name every key there is."""

import re
from pathlib import Path

import pytest
from msgspec.structs import fields

from validator.config.entries import ConfigFile, file_key
from validator.config.loading import load_config
from validator.pipeline import load_ruleset
from validator.pipeline.suppression import refuse_names

PAGE = (Path(__file__).parents[2] / "docs/configuration.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_is_right(number, tmp_path):
    path = tmp_path / "gouji.toml"
    path.write_text(EXAMPLES[number], encoding="utf-8")
    refuse_names(load_config(explicit=path), load_ruleset())


def test_every_key_is_there_in_both_languages():
    english, chinese = PAGE.split("\n---\n")
    for field in fields(ConfigFile):
        key = file_key(field.name)
        assert re.search(rf"^(?:\[\[)?{key}\b", english, re.MULTILINE), key
        assert re.search(rf"`(?:\[\[)?{key}\b", chinese), key
