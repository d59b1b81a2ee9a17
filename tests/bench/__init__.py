"""Benchmarks: `make bench` runs them all, `make bench BENCH=<area>` one area. Never run as tests."""
