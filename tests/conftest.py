"""What every test shares: Hypothesis without deadlines, and one switch that writes golden files anew."""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "steady", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
# For mutants, where a failure only has to be seen: pytest --hypothesis-profile=mutants
settings.register_profile(
    "mutants", settings.get_profile("steady"), max_examples=40, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("steady")

# Whatever started the tests may have told them to ignore Ctrl-C, as a shell does with what runs in the background.
# The processes that they start would inherit that, and the tests that interrupt them would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

REGENERATE = os.environ.get("REGENERATE") == "1"
