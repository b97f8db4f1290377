"""On a real local Ray of two workers, one killed midway: the shards of the local engine, byte for byte."""

import os
import signal
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("ray", reason="the extra [ray] is not installed")

from test_audit_run import SETTINGS, contents, corpus  # noqa: E402

from verify.audit import run  # noqa: E402


def workers() -> list[int]:
    """Ray's workers that descend from this process."""
    parent, names = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            names[int(entry.name)] = (entry / "cmdline").read_bytes()
        except OSError:
            continue

    def ours(pid: int) -> bool:
        return pid == os.getpid() or (pid in parent and ours(parent[pid]))

    return [pid for pid, name in names.items() if name.startswith(b"ray::MapWorker") and ours(pid)]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to find a worker")
def test_ray_gives_the_same_shards_though_a_worker_is_killed(tmp_path, monkeypatch):
    monkeypatch.setenv("RAY_worker_niceness", "0")  # Ray's workers give way to everything else by default
    path = corpus(tmp_path, 1200)
    run([str(path)], tmp_path / "local", SETTINGS)
    killed = []

    def kill_one(outcome):
        if not killed and 0 < outcome.rows < outcome.total // 2:
            killed.append(workers()[0])
            os.kill(killed[0], signal.SIGKILL)

    outcome = run([str(path)], tmp_path / "ray", SETTINGS, engine="ray", processes=2, progress=kill_one)
    assert killed and outcome.complete
    assert contents(tmp_path / "ray") == contents(tmp_path / "local")
