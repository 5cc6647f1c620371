"""What every test shares: Hypothesis without deadlines, and one switch that writes golden files anew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    import pytest

settings.register_profile(
    "steady", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
# For mutants, where a failure only has to be seen: pytest --hypothesis-profile=mutants
settings.register_profile(
    "mutants", settings.get_profile("steady"), max_examples=40, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("steady")

REGENERATE = os.environ.get("REGENERATE") == "1"


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """End at once where a mutant keeps a test file from being read: it is dead, and mutmut would not see it."""
    if report.failed and "__mutmut_" in os.environ.get("MUTANT_UNDER_TEST", ""):
        os._exit(1)
