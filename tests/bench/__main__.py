"""Run the benchmarks of every area, or of the one named, and print one line a figure.

Each area is a module `bench_<area>.py` with `run() -> Iterator[str]`. Exit codes: 0 all ran (short figures are
printed, not hidden), 2 unknown area.
"""

import importlib
import pkgutil
import sys

import bench


def areas() -> list[str]:
    """The areas that exist, by name."""
    names = (module.name for module in pkgutil.iter_modules(bench.__path__))
    return sorted(name.removeprefix("bench_") for name in names if name.startswith("bench_"))


def main(arguments: list[str]) -> int:
    """Print the lines of the areas asked for."""
    wanted = arguments or areas()
    unknown = sorted(set(wanted) - set(areas()))
    if unknown:
        print(f"Domaine inconnu : {', '.join(unknown)}. Domaines : {', '.join(areas())}.", file=sys.stderr)
        return 2
    for area in wanted:
        for line in importlib.import_module(f"bench.bench_{area}").run():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
