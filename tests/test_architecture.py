"""What the whole tree promises, held by a machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 400
EXCEPTIONS = {
    "src/mazhi/kernel/migrations/versions": "a migration is as long as the tables it makes",
    "tests/kernel/codes/test_service.py": "one service, from its first rule to its last code",
}
# Put together here, so that this file does not name them.
HOSTS = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmmirror", "com"))
]


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_python_file_is_too_long_to_be_known_at_a_glance() -> None:
    long = {
        name: count
        for name in _tracked()
        if name.endswith(".py")
        and not name.startswith(tuple(EXCEPTIONS))
        and (count := len((ROOT / name).read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    banned = re.compile(r"(^|/)(utils?|helpers?|common|misc|base2)(\.py|\.tsx?|/)")
    assert [name for name in _tracked() if banned.search(name)] == []


def test_no_file_names_a_package_registry() -> None:
    found = [
        f"{name}: {host}"
        for name in _tracked()
        if Path(name).suffix not in {".png", ".woff2", ".ico"}
        for host in HOSTS
        if host in (ROOT / name).read_text("utf-8", errors="ignore")
    ]
    assert found == []


def test_the_lock_of_the_front_end_says_no_addresses() -> None:
    assert '"resolved"' not in (ROOT / "ui/package-lock.json").read_text("utf-8")


def test_every_feature_keeps_its_sql_in_its_store() -> None:
    """Statements stand in ``store`` modules; a service or a model that holds one has lost its way."""
    statement = re.compile(r"""["'](SELECT|INSERT INTO|UPDATE|DELETE FROM) """)
    strays = [
        name
        for name in _tracked()
        if name.startswith("src/mazhi/kernel/")
        and name.endswith(("model.py", "service.py"))
        and statement.search((ROOT / name).read_text("utf-8"))
    ]
    assert strays == []


def test_no_two_shapes_of_the_api_share_a_name() -> None:
    """Of two shapes of one name each would be called by its module, which is nobody's business outside."""
    places: dict[str, list[str]] = {}
    for name in _tracked():
        if name.startswith("src/mazhi/web/") and name.endswith(".py"):
            for shape in re.findall(r"^class (\w+)", (ROOT / name).read_text("utf-8"), re.MULTILINE):
                places.setdefault(shape, []).append(name)
    assert {shape: where for shape, where in places.items() if len(where) > 1} == {}
