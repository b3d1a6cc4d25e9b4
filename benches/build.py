#!/usr/bin/env python3
"""Times builds of one corpus, tier0 beside a peer, in one run.

    cargo build --release
    benches/build.py CORPUS [--runs N] [--tier0 PROGRAM] [--peer COMMAND ...]

CORPUS is a folder that tier0 can build (with a `content` folder). Each --peer is a shell command
that builds the same corpus with another generator; several are timed one after the other and
added up (a generator and its search); if a program of theirs is not installed, the peer is left out
and that is said. tier0 and the peer take turns, so that both meet the same machine. Prints wall seconds, CPU seconds and peak memory of the largest process: the median of
all runs, and the smallest and largest.

For example, with the laid-out site of Hugo in /tmp/peers/hugo:

    benches/build.py /tmp/c10k --peer 'hugo -s /tmp/peers/hugo -d /tmp/peers/out --quiet' \\
                               --peer 'python3 -m pagefind --site /tmp/peers/out'
"""
import argparse
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

TIER0 = pathlib.Path(__file__).resolve().parent.parent / "target/release/tier0"


def timed(command):
    """Runs a command; wall seconds, CPU seconds, peak MB."""
    start = os.times()
    process = subprocess.Popen(command, shell=isinstance(command, str), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    end = os.times()
    if status:
        sys.exit(f"failed with status {status}: {command}")
    return end.elapsed - start.elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def program_of(command):
    """The program that a shell command starts, after the variables that it sets."""
    return next(word for word in shlex.split(command) if "=" not in word)


def row(name, runs):
    cells = []
    for values, unit in zip(zip(*runs), ["s wall", "s cpu", "MB peak"]):
        cells.append(f"{statistics.median(values):8.2f} {unit} [{min(values):.2f}, {max(values):.2f}]")
    print(f"{name:12}" + "  ".join(cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tier0", type=pathlib.Path, default=TIER0)
    parser.add_argument("--peer", action="append", default=[])
    arguments = parser.parse_args()
    missing = [program for program in map(program_of, arguments.peer) if not shutil.which(program)]
    peer = [] if missing else arguments.peer
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tier0-bench-"))
    mine, theirs = [], []
    try:
        for _ in range(arguments.runs):
            output = folder / "out"
            shutil.rmtree(output, ignore_errors=True)
            mine.append(timed([str(arguments.tier0), "build", arguments.corpus, "--output", str(output), "--quiet"]))
            if peer:
                steps = [timed(command) for command in peer]
                theirs.append((sum(s[0] for s in steps), sum(s[1] for s in steps), max(s[2] for s in steps)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    row("tier0", mine)
    if missing:
        print(f"peer skipped: {', '.join(missing)} is not installed")
    if theirs:
        row("peer", theirs)
        ratio = statistics.median(m[0] / max(t[0], 0.001) for m, t in zip(mine, theirs))
        print(f"tier0 takes {ratio:.3f} of the peer's wall time (median of pairs)")


main()
