"""The files that all tests of carriers share."""

import os

import pytest
from carriers.making import Files


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Give the reports in every carrier; the processes of one run share them."""
    folder = tmp_path_factory.getbasetemp()
    return Files((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "carriers")
