"""The kinds of rules that one report shows to hold or not; those that need several are comparison.KINDS."""

from collections.abc import Sequence

from validator.ruleset.kinds import Kind

from . import forms, narrative, problems, relations

KINDS: Sequence[Kind] = (*relations.KINDS, *problems.KINDS, *forms.KINDS, *narrative.KINDS)
