#!/usr/bin/env python3
"""The only command: run, test, quick, bench, lock. Standard library only; makes everything else by itself."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMPS = VENV / "stamps"
UI = ROOT / "ui"
STATIC = ROOT / "src/mazhi/web/static"
FONTS = ROOT / "fonts"
SHIPPED_FONTS = ROOT / "src/mazhi/kernel/documents/fonts"
UV = "0.13.9"
BROWSERS = "2"
"""So many tests drive a browser at once."""
NOTHING_CHOSEN = 5
"""How pytest ends where the arguments leave it no test."""
DEBIAN = {"chromium": "chromium", "initdb": "postgresql", "font": "fonts-noto-cjk"}
USAGE = """usage: python3 dev.py COMMAND
  run [--port N] [--host H]   install what is missing, build the pages if they changed, serve
  test                        every check and test; CI runs exactly this
  ui                          the front end's share of them: tests, format, lint, types, build
  quick                       the Python side on SQLite only, seconds
  bench [NAME...]             the figures, each beside its floor
  lock                        renew requirements.txt from pyproject.toml"""


def say(text: str) -> None:
    """Tell what comes next."""
    print(f"\033[1m» {text}\033[0m" if sys.stdout.isatty() else f"» {text}", flush=True)


def call(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a command, and end with its exit code if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, env={**os.environ, **(env or {})}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def fingerprint(paths: Iterable[Path]) -> str:
    """Hash the contents of files and folders."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def once(name: str, mark: str, *, there: Path | None = None) -> bool:
    """Tell whether a step must run: its inputs changed since it last ended well, or its result is gone."""
    stamp = STAMPS / name
    return not (stamp.exists() and stamp.read_text() == mark and (there is None or there.exists()))


def done(name: str, mark: str) -> None:
    """Note that a step ended well."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(mark)


def python_side() -> None:
    """Make the virtual environment and install exactly what requirements.txt says."""
    if sys.version_info < (3, 11):  # noqa: UP036 - it is told, not assumed: this file runs before anything is installed
        sys.exit("Python 3.11 or newer is needed")
    if not (BIN / "python").exists():
        say("making .venv")
        call(sys.executable, "-m", "venv", VENV)
    mark = fingerprint([ROOT / "requirements.txt", ROOT / "pyproject.toml"]) + UV
    if once("python", mark, there=BIN / "mazhi"):
        say("installing the Python side")
        if not (BIN / "uv").exists():
            call(BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"uv=={UV}")
        call(BIN / "uv", "pip", "sync", "--quiet", "--python", BIN / "python", "--require-hashes", "requirements.txt")
        call(BIN / "uv", "pip", "install", "--quiet", "--python", BIN / "python", "--no-deps", "-e", ".")
        done("python", mark)


def find_npm() -> str:
    """Return npm's path."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("Node.js 20 or newer with npm is needed for the front end")
    return npm


def document_fonts() -> None:
    """Put the fonts of documents and labels where the package has them, exactly as locked."""
    mark = fingerprint([FONTS / name for name in ("package.json", "package-lock.json", "ship.json")])
    if once("fonts", mark, there=SHIPPED_FONTS):
        say("fetching the documents' fonts")
        call(find_npm(), "ci", "--no-audit", "--no-fund", cwd=FONTS)
        SHIPPED_FONTS.mkdir(parents=True, exist_ok=True)
        for name, source in json.loads((FONTS / "ship.json").read_text()).items():
            shutil.copyfile(FONTS / "node_modules/@expo-google-fonts" / source, SHIPPED_FONTS / name)
        done("fonts", mark)


def node_modules() -> str:
    """Install the front end's packages exactly as locked, and return npm's path."""
    npm = find_npm()
    mark = fingerprint([UI / "package.json", UI / "package-lock.json"])
    if once("node", mark, there=UI / "node_modules"):
        say("installing the front end's packages")
        call(npm, "ci", "--no-audit", "--no-fund", cwd=UI)
        done("node", mark)
    return npm


def front_end() -> None:
    """Build the pages if they changed."""
    sources = [path for path in UI.iterdir() if path.name not in {"node_modules", "dist"}]
    mark = fingerprint(sources)
    if once("front-end", mark, there=STATIC / "index.html"):
        npm = node_modules()
        say("building the pages")
        call(npm, "run", "build", cwd=UI)
        done("front-end", mark)


def system_side() -> None:
    """See that Chromium, a PostgreSQL server and a Chinese font are there; on Debian as root, install them."""
    missing = [package for what, package in DEBIAN.items() if not present(what)]
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        print(f"The tests also need: {', '.join(missing)}. Install them and try again.", file=sys.stderr)
        sys.exit(3)
    say(f"installing {', '.join(missing)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call(apt, "update", "-qq", env=quiet)
    call(apt, "install", "-y", "-qq", "--no-install-recommends", *missing, env=quiet)


def present(what: str) -> bool:
    """Tell whether one of the tests' helpers from the system is there."""
    if what == "initdb":
        return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))) or shutil.which("initdb") is not None
    if what == "font":
        return any(Path("/usr/share/fonts").rglob("NotoSansCJK*")) or any(
            Path("/usr/share/fonts").rglob("NotoSerifCJK*")
        )
    return shutil.which(what) is not None


def static_checks() -> None:
    """Format, lint, types, layers."""
    say("ruff, mypy, import-linter")
    call(BIN / "ruff", "format", "--check", "--quiet", ".")
    call(BIN / "ruff", "check", "--quiet", ".")
    call(BIN / "mypy")
    call(BIN / "lint-imports", "--no-cache")


def run(arguments: Sequence[str]) -> None:
    """Install, build, serve."""
    python_side()
    front_end()
    document_fonts()
    command = [str(BIN / "mazhi"), "serve", *arguments]
    if os.name == "nt":
        call(*command)
    else:
        os.execv(command[0], command)


def test(arguments: Sequence[str]) -> None:
    """Run every check and every test.

    The front end's checks keep one core busy, most of the others wait for a database now and then: side by side
    they take little longer than the others alone. A page that waits for its turn beside busy tests takes longer
    than anybody would wait for it: the browsers come last, by themselves.
    """
    install(python_side, system_side, document_fonts, node_modules)
    with beside("ui") as ui_ends:
        static_checks()
        ends = [pytest("without browsers", "-n", "2", "-m", "not e2e", "--ignore", "tests/e2e", *arguments)]
        if code := ui_ends():
            sys.exit(code)
    ends.append(pytest("browsers", "-n", BROWSERS, "-m", "e2e", *(arguments or ["tests/e2e"])))
    sys.exit(next((code for code in ends if code not in {0, NOTHING_CHOSEN}), min(ends)))


def install(*sides: Callable[[], object]) -> None:
    """Install what is needed, all of it at once: most of the time goes into waiting for downloads."""
    with ThreadPoolExecutor(len(sides)) as pool:
        for side in [pool.submit(side) for side in sides]:
            side.result()


@contextmanager
def beside(command: str) -> Iterator[Callable[[], int]]:
    """Run another command of this file meanwhile.

    Yields:
        What waits for its end, prints what it said, and returns how it ended.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        words = [sys.executable, str(ROOT / "dev.py"), command]
        process = subprocess.Popen(words, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT, start_new_session=True)

        def end() -> int:
            code = process.wait()
            said.seek(0)
            print(said.read(), flush=True)
            return code

        try:
            yield end
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM) if hasattr(os, "killpg") else process.terminate()


def ui(_: Sequence[str]) -> None:
    """Check the front end and build it; its tests, which wait for what they look for, come before much else runs."""
    python_side()
    npm = node_modules()
    say("front end: tests, format, lint, types")
    call(npm, "run", "check", cwd=UI)
    call(npm, "run", "api", "--", "--check", cwd=UI)
    front_end()


def pytest(what: str, *arguments: str) -> int:
    """Run tests, and return how that ended."""
    say(f"pytest: {what}")
    command = [str(BIN / "pytest"), "--dist", "loadfile", "--no-loadscope-reorder", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def quick(arguments: Sequence[str]) -> None:
    """Run the Python side without browser, PostgreSQL and slow tests."""
    python_side()
    document_fonts()
    static_checks()
    call(BIN / "pytest", "-n", "2", "-m", "not e2e and not slow", "-k", "not postgresql", *arguments)


def bench(arguments: Sequence[str]) -> None:
    """Measure."""
    python_side()
    call(BIN / "mazhi", "bench", *arguments)


def lock(_: Sequence[str]) -> None:
    """Renew requirements.txt with hashes and without registry addresses."""
    python_side()
    call(
        BIN / "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--generate-hashes",
        "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet", "--upgrade", "-o", "requirements.txt",
    )  # fmt: skip


if __name__ == "__main__":
    commands = {"run": run, "test": test, "ui": ui, "quick": quick, "bench": bench, "lock": lock}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(USAGE)
    # Where nothing compiled may be kept, each of the hundreds of processes that the tests start compiles the whole
    # system anew: three times as long as what it is started for.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        commands[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)
