"""A real PostgreSQL server on loopback, started by the tests themselves."""

from __future__ import annotations

import itertools
import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import psycopg

from mazhi.kernel.db import Database, metadata
from mazhi.kernel.migrations import load_tables, migrate

load_tables()
_TABLES = frozenset(metadata.tables)


def find_server() -> Path:
    """Return the folder with ``initdb`` and ``postgres``; raise where there is none."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found is None:
        raise RuntimeError("no PostgreSQL server on this machine; on Debian: apt-get install postgresql")
    return Path(found).parent


def free_port() -> int:
    """Return a TCP port on loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresServer:
    """One cluster in a folder of its own; as root it runs as the user ``postgres``, since it refuses root."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._data = folder / "data"
        self._folder = folder
        self.port = free_port()
        self._names = itertools.count(1)
        self._free: list[str] = []
        self._user: str | None = "postgres" if os.geteuid() == 0 else None

    def _run(self, *arguments: str) -> None:
        subprocess.run(arguments, check=True, capture_output=True, user=self._user, cwd="/")

    def start(self, *, durable: bool = False) -> None:
        """Initialise and start the cluster, with a migrated database that later ones are copied from."""
        self._data.mkdir()
        if self._user:
            entry = pwd.getpwnam(self._user)
            os.chown(self._data, entry.pw_uid, entry.pw_gid)
            for parent in [self._folder, *self._folder.parents][:-2]:
                parent.chmod(parent.stat().st_mode | 0o011)
        self._run(
            str(self._binaries / "initdb"), "-D", str(self._data), "-U", "mazhi", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        options += " -c max_connections=300 -c shared_buffers=256MB"
        if not durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self._run(
            str(self._binaries / "pg_ctl"), "-D", str(self._data), "-w", "-o", options,
            "-l", str(self._data / "server.log"), "start",
        )  # fmt: skip
        self._admin = psycopg.connect(self._url("postgres"), autocommit=True)
        self._admin.execute("CREATE DATABASE template_mazhi")
        template = Database(self._url("template_mazhi"))
        migrate(template)
        template.close()

    def _url(self, name: str) -> str:
        return f"postgresql://mazhi@127.0.0.1:{self.port}/{name}"

    def create_database(self) -> str:
        """Return the address of an empty, migrated database: a used one swept clean, or a new copy."""
        name = f"test_{next(self._names)}"
        if self._free:
            # Under a new name, so that whatever still runs for the test before cannot find it.
            used = self._free.pop()
            self._disconnect(used)
            self._admin.execute(f"ALTER DATABASE {used} RENAME TO {name}")
            return self._url(name)
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE template_mazhi")
        return self._url(name)

    def drop_database(self, url: str) -> None:
        """Take a database back, whoever is still connected; copying a new one for each test would cost more."""
        name = url.rsplit("/", 1)[1]
        self._disconnect(name)
        try:
            self._sweep(url)
        except psycopg.Error:
            self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        else:
            self._free.append(name)

    def _disconnect(self, name: str) -> None:
        """End every session of a database, and wait until all are gone."""
        sessions = "FROM pg_stat_activity WHERE datname = %s"
        self._admin.execute(f"SELECT pg_terminate_backend(pid) {sessions}", (name,))
        deadline = time.monotonic() + 10
        # The server's own waiting looks only ten times a second, and this happens twice for every test.
        while self._admin.execute(f"SELECT count(*) {sessions}", (name,)).fetchone() != (0,):
            if time.monotonic() > deadline:
                raise RuntimeError(f"somebody stays connected to {name}")
            time.sleep(0.001)

    def _sweep(self, url: str) -> None:
        """Empty what holds anything, and take away the tables of forms."""
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute("SET session_replication_role = replica")  # the guards of the append-only tables sleep
            found = conn.execute(
                "SELECT relname, pg_relation_size(oid) > 0 FROM pg_class "
                "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'"
            ).fetchall()
            forms = [name for name, _ in found if re.fullmatch(r"f_\d+(_\d+)?", name)]
            used = [name for name, holds in found if holds and name not in forms]
            if not _TABLES.issuperset(name for name, _ in found if name not in forms):
                raise psycopg.ProgrammingError("somebody made tables of their own")
            sequences = conn.execute("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL").fetchall()
            asleep = conn.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
            ).fetchall()  # some tests switch the guards off
            sweeping = [
                *(f"DROP TABLE {name}" for name in forms),
                *(f"DELETE FROM {name}" for name in used),
                *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for (name,) in asleep),
                *(f"ALTER SEQUENCE {name} RESTART" for (name,) in sequences),
            ]
            conn.execute(";".join(sweeping))

    def stop(self) -> None:
        """Stop the cluster at once."""
        self._admin.close()
        self._run(str(self._binaries / "pg_ctl"), "-D", str(self._data), "-m", "immediate", "-w", "stop")
