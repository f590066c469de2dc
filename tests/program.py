"""program: run paiban in a folder of its own and report in TAP; used by the Python tests.

    tests = program.Tests()
    with program.Folder() as folder:
        folder.write("a.md", "# 标题\n")
        result = folder.run("render", "a.md", "-o", "a.pdf")
        tests.check("exits with 0", result.status == 0, result.errors)
    sys.exit(tests.finish())

The program is $PAIBAN, else build/paiban of this checkout. It runs with the messages in
English, with the tests' own font configuration, and without the reader's SOURCE_DATE_EPOCH.
"""
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PAIBAN") or str(ROOT / "build" / "paiban")
TIME_LIMIT = 60  # seconds that one run may take: far above any, so that a loop is found


def is_sanitized():
    """The program is an AddressSanitizer build: slower, and not to be held to limits."""
    with open(PROGRAM, "rb") as f:
        return b"__asan_init" in f.read()


def cpu_limit(seconds):
    """For `preexec`: so much CPU time, then SIGXCPU. Five times as much for a sanitized program;
    how busy the machine is does not count."""
    limit = seconds * (5 if is_sanitized() else 1)
    return lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))


class Result:
    """What one run left: status, output, errors (text)."""

    def __init__(self, status, output, errors):
        self.status = status
        self.bytes = output
        self.output = output.decode("utf-8", "replace")
        self.errors = errors.decode("utf-8", "replace")


def environment(**changes):
    kept = {k: v for k, v in os.environ.items()
            if k not in ("SOURCE_DATE_EPOCH", "LANGUAGE", "NO_COLOR", "LANG")}
    kept["LC_ALL"] = "C.UTF-8"
    fonts = pathlib.Path(PROGRAM).parent / "tests" / "fonts.conf"
    if fonts.exists():
        kept.setdefault("PAIBAN_FONTS_CONF", str(fonts))
        kept.setdefault("PAIBAN_CACHE_DIR", str(fonts.parent / "cache"))
    kept.update(changes)
    return {k: v for k, v in kept.items() if v is not None}


def run(*arguments, cwd=None, stdin=b"", preexec=None, **changes):
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, input=stdin,
                          capture_output=True, timeout=TIME_LIMIT, preexec_fn=preexec,
                          env=environment(**changes), check=False)
    return Result(done.returncode, done.stdout, done.stderr)


class Folder:
    """A temporary folder that tests write issues into and run the program in."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="paiban-test-"))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def run(self, *arguments, **options):
        return run(*arguments, cwd=self.path, **options)

    def names(self):
        """Every file below, as a sorted list of paths relative to the folder."""
        return sorted(str(p.relative_to(self.path)) for p in self.path.rglob("*"))

    def temporaries(self):
        return [name for name in self.names() if ".paiban-" in name]


class Tests:
    """Counts checks and prints them as TAP."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, passed, detail=""):
        self.count += 1
        self.failed += not passed
        print("%s %d - %s" % ("ok" if passed else "not ok", self.count, name), flush=True)
        if not passed:
            for line in str(detail).splitlines()[:40]:
                print("#   " + line)
        return passed

    def skip(self, name, why):
        self.count += 1
        print("ok %d - %s # SKIP %s" % (self.count, name, why), flush=True)

    def finish(self):
        print("1..%d" % self.count)
        return 1 if self.failed else 0
