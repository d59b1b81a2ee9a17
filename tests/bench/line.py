"""The one shape of a benchmark's result."""


def line(name: str, value: float, unit: str, *, at_most: float | None = None, at_least: float | None = None) -> str:
    """`BENCH <name> <value> <unit> target=<…> ok|short`; a figure without a target is information, marked `info`."""
    shown = f"BENCH {name} {value:.3g} {unit}"
    if at_most is not None:
        return f"{shown} target=<={at_most:g} {'ok' if value <= at_most else 'short'}"
    if at_least is not None:
        return f"{shown} target=>={at_least:g} {'ok' if value >= at_least else 'short'}"
    return f"{shown} target=none info"
