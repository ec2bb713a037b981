"""Each hostile input gives reports or a refusal, in less than 20 seconds of work and 2 GB: no crash, no hang, no silence."""

import os
import time

import pytest
from hostile import inputs
from test_any_input import check

from ascribe.gather import gather, worker
from ascribe.gather.reader import MB

STEP = 1 if os.environ.get("ASCRIBE_FUZZ") else 8  # all of them take minutes
FAMILIES: dict[str, list[tuple[str, bytes]]] = {}
for name, content in inputs():
    FAMILIES.setdefault(name.split("/")[0], []).append((name, content))


def test_there_are_many():
    assert sum(map(len, FAMILIES.values())) > 300


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile(family, tmp_path):
    for name, content in FAMILIES[family][::STEP]:
        path = tmp_path / "input"
        path.write_bytes(content)
        before = time.process_time()
        found = list(gather([str(path)]))
        assert found, f"{name}: silence"
        check(found)
        assert time.process_time() - before < 20, name
        assert worker.used()[1] < 2048 * MB, name
        told = " ".join(map(str, found))
        assert "root:x:0" not in told, f"{name}: a file was read"
        assert "ended the process" not in told, f"{name}: {told[:200]}"
        assert "cannot be read (" not in told, f"{name}: {told[:200]}"
