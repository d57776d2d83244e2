"""What tests of the command line share."""

from __future__ import annotations

import pytest


@pytest.fixture
def folder_at_hand(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not saved lands in the folder at hand."""
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
