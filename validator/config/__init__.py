"""What a user sets in gouji.toml: which files and rules, what is left out and why, what is known of the bodies."""

from .schema import Config, Exemption, Renaming, Steps, Unit, Waiver, line_of

__all__ = ["Config", "Exemption", "Renaming", "Steps", "Unit", "Waiver", "line_of"]
