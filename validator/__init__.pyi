from validator.config.loading import load_config as load_config
from validator.errors import ConfigError as ConfigError
from validator.errors import GoujiError as GoujiError
from validator.errors import ReadError as ReadError
from validator.errors import RuleError as RuleError
from validator.errors import UsageError as UsageError
from validator.library import Results as Results
from validator.library import check as check
from validator.library import read as read
from validator.model.outcome import Finding as Finding
from validator.model.outcome import Severity as Severity
from validator.model.report import Report as Report
from validator.model.result import ReportResult as ReportResult
from validator.pipeline import Settings as Settings
from validator.pipeline import load_ruleset as load_ruleset

__version__: str
