"""How often something is measured, and what is said of the times: as `Effort` and `Sample` in bench do."""

import time

FEWEST_CALLS = 5
WARM_UPS = 2


def measure(body, calls, seconds):
    """The seconds of each call."""
    for _ in range(min(WARM_UPS, calls)):
        body()
    times, total = [], 0.0
    while len(times) < calls and (len(times) < FEWEST_CALLS or total < seconds):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
        total += times[-1]
    return times


def quantile(ordered, share):
    """The value below which a share of the ordered values lies."""
    position = share * (len(ordered) - 1)
    lower = int(position)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (position - lower)
