"""What every test shares: Hypothesis without deadlines, and one switch that writes golden files anew."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

REGENERATE = os.environ.get("REGENERATE") == "1"
