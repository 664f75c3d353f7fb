"""gouji (勾稽): cross-checks the figures of annual reports on government information disclosure."""

__version__ = "0.1.0"
