#!/usr/bin/env python3
"""Check the summing up of ./run-tests on made-up logs, and its options (TAP)."""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# Name, (result, standard output) of each program, broken builds, last line, exit status.
TRIALS = [
    ("all passed", [("OK", "1..2\nok 1 - a\nok 2 - b\n"), ("OK", "ok 1\n1..1\n")], [],
     "tests: 3 passed, 0 failed", 0),
    ("one failed", [("FAIL", "1..2\nnot ok 1 - a\n# why\nok 2 - b\n")], [],
     "tests: 1 passed, 1 failed", 1),
    ("a crash after passes", [("ERROR", "1..3\nok 1 - a\n")], [],
     "tests: 1 passed, 1 failed", 1),
    ("out of time", [("TIMEOUT", "")], [], "tests: 0 passed, 1 failed", 1),
    ("skipped is neither", [("OK", "ok 1 - a # SKIP no such font\nok 2 - b\n")], [],
     "tests: 1 passed, 0 failed", 0),
    ("nothing but skipped", [("SKIP", "1..0 # SKIP no\n")], [],
     "tests: 0 passed, 0 failed", 1),
    ("a broken build", [("OK", "ok 1 - a\n")], ["build-x"], "tests: 1 passed, 1 failed", 1),
    ("no log", None, [], "tests: 0 passed, 1 failed", 1),
    ("words that begin with ok", [("OK", "okay\nok 1 - a\n    ok 1 - inner\n")], [],
     "tests: 1 passed, 0 failed", 0),
]


def summed(folder, programs, broken):
    """(standard output, exit status) of summary.py on one build folder."""
    if programs is not None:
        (folder / "meson-logs").mkdir()
        lines = [json.dumps({"name": "t", "result": result, "stdout": output})
                 for result, output in programs]
        (folder / "meson-logs/testlog.json").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, HERE / "summary.py", folder, "--broken", *broken],
                          capture_output=True, text=True, check=False)
    return done.stdout, done.returncode


def results():
    for name, programs, broken, last, status in TRIALS:
        with tempfile.TemporaryDirectory() as folder:
            output, found = summed(pathlib.Path(folder), programs, broken)
        good = output.splitlines()[-1] == last and found == status
        yield name, good, f"{output!r}, exit status {found}"
    with tempfile.TemporaryDirectory() as folder:
        output, _ = summed(pathlib.Path(folder), TRIALS[4][1], [])
    yield "a skipped one has its reason", "a: no such font" in output, output
    done = subprocess.run([HERE.parent / "run-tests", "--wrong"], capture_output=True,
                          text=True, check=False)
    yield "a wrong option is 64", done.returncode == 64 and "usage" in done.stderr, done.stderr


def main():
    number = failed = 0
    for number, (name, good, why) in enumerate(results(), 1):
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
        if not good:
            failed += 1
            print(f"# {why}".replace("\n", "\n# "))
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
