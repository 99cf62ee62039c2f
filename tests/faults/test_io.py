"""Every call that writes to the disk, as the last one or as one that fails: nothing half done."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KILL, EIO, ENOSPC, TORN = 1, 2, 3, 4
#: What the user may be told when the disk fails.
TOLD = {
    "refused BackupFailed",
    "refused Busy",
    "refused Damaged",
    "refused DiskError",
    "refused DiskFull",
    "refused FolderNotWritable",
    "refused ForeignFile",
    "refused ReadOnly",
    "refused SchemaDiffers",
}


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """The compiled shim; without a compiler these tests are left out."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "shim.c"), "-ldl"],
        check=True,
    )
    return library


def points(shim, path, tmp_path, work, action, *, sticky=False, step=1):
    folder = tmp_path / "io"
    folder.mkdir()
    done = subprocess.run(
        [
            sys.executable,
            str(HERE / "io_server.py"),
            str(path),
            str(folder),
            str(action),
            str(int(sticky)),
            str(step),
            work,
        ],
        env=os.environ | {"LD_PRELOAD": str(shim)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["problems"] == []
    assert set(told["outcomes"]) <= TOLD
    return told


@pytest.mark.parametrize("action", [KILL, EIO, ENOSPC, TORN])
def test_some_points_of_issuing(shim, path, tmp_path, action):
    assert points(shim, path, tmp_path, "issue", action, step=7)["points"] > 3


@pytest.mark.full
@pytest.mark.parametrize("sticky", [False, True])
@pytest.mark.parametrize("action", [KILL, EIO, ENOSPC, TORN])
@pytest.mark.parametrize("work", ["issue", "pay", "backup", "restore"])
def test_every_point(shim, path, tmp_path, work, action, sticky):
    # A copy writes the whole file: every fifth call says as much.
    step = 5 if work in {"backup", "restore"} else 1
    assert points(shim, path, tmp_path, work, action, sticky=sticky, step=step)["points"] > 10
