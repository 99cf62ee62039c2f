"""Started under the shim: forks a warm worker per point of failure, and judges what is left.

Arguments: the file to begin with (copied for each point), a folder to work in, the action of the
shim, sticky or not, the step between points, the name of the work. Prints one line of JSON.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sys
import traceback
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from sqlalchemy import select  # noqa: E402 - found by the line above
from tests.factories.sales import Shop, line  # noqa: E402 - as above

from klantenapp.models.document import Document  # noqa: E402 - as above
from klantenapp.models.payment import Payment  # noqa: E402 - as above
from klantenapp.services.care import check, restore  # noqa: E402 - as above
from klantenapp.services.errors.base import Refusal  # noqa: E402 - as above
from klantenapp.services.receivables import payments  # noqa: E402 - as above
from klantenapp.services.rendering.pdf import invoice  # noqa: E402, F401 - loaded once, warm
from klantenapp.services.store import backup  # noqa: E402 - as above
from klantenapp.services.store.administration import Administration  # noqa: E402 - as above

SHIM = ctypes.CDLL(None)


def issue(path):
    administration = Administration.open_file(path)
    number = Shop(administration).issue(1).number
    administration.close()
    return [f"issued {number}"]


def pay(path):
    administration = Administration.open_file(path)
    booked = administration.write(payments.MARK_PAID, partial(payments.pay, document_id=2))[0]
    administration.close()
    return [f"paid {booked.payment_id}"]


def back_up(path):
    backup.write(path, path.parent / "out.klantenapp")
    return ["backup"]


def put_back(path):
    restore.restore(path.parent / "saved.klantenapp", path)
    return ["restored"]


WORK = {"issue": issue, "pay": pay, "backup": back_up, "restore": put_back}


def child(path, number, action, sticky, work):
    """Run the work with its n-th call failing; once more without, where it was told to fail."""
    readable, writable = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writable)
        said = b""
        while part := os.read(readable, 65536):
            said += part
        os.close(readable)
        _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status), said.decode().split("\n")
    code = 1
    try:
        SHIM.shim_arm(str(path.parent).encode(), number, action, sticky)
        try:
            said = WORK[work](path)
        except Refusal as refused:
            said = [f"refused {type(refused).__name__}"]
        reached = SHIM.shim_calls() >= number
        SHIM.shim_arm(b"", 0, 0, 0)
        os.write(writable, "\n".join([*said, "" if reached else "beyond"]).encode())
        code = 0
    except BaseException:  # noqa: BLE001 - a worker must not go on as the server
        SHIM.shim_arm(b"", 0, 0, 0)
        os.write(writable, traceback.format_exc().encode())
    finally:
        os._exit(code)


def judge(path, said):
    """What is wrong with the file after the point; nothing is the good answer."""
    administration = Administration.open_file(path)
    findings = [str(finding) for finding in administration.read(check.run)]
    issued = administration.read(
        lambda s: s.scalars(select(Document.number).where(Document.state == "issued")).all()
    )
    paid = administration.read(lambda s: s.scalars(select(Payment.id)).all())
    administration.close()
    there = {f"issued {number}" for number in issued} | {f"paid {number}" for number in paid}
    lost = [one for one in said if one.startswith(("issued", "paid")) and one not in there]
    backups = [file for file in path.parent.glob("out.klantenapp") if _broken(file)]
    return findings + lost + [str(file) for file in backups]


def _broken(file):
    try:
        backup.verify(file)
    except Refusal:
        return True
    return False


def judged(path, said):
    """Judge in a process of its own, so that the server never has the file open."""
    readable, writable = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.write(writable, json.dumps(judge(path, said)).encode())
        except BaseException:  # noqa: BLE001 - told to the server
            os.write(writable, json.dumps([traceback.format_exc()]).encode())
        os._exit(0)
    os.close(writable)
    found = b""
    while part := os.read(readable, 65536):
        found += part
    os.close(readable)
    os.waitpid(pid, 0)
    return json.loads(found)


def prepared(template, folder, work):
    """A fresh copy of the file, with a draft and an issued invoice, in a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / "one.klantenapp"
    shutil.copyfile(template, path)
    if work == "restore":
        shutil.copyfile(template, folder / "saved.klantenapp")
    return path


def make_template(path, folder):
    """Draft 1, issued invoice 2, and the code of everything loaded."""
    administration = Administration.open_file(path)
    shop = Shop(administration)
    customer_id = shop.customer()
    shop.draft(customer_id, line("99.99"))
    shop.invoice(customer_id, "50.00")
    administration.close()
    shutil.copyfile(path, folder / "template.klantenapp")
    return folder / "template.klantenapp"


def main(path, folder, action, sticky, step, work):
    pid = os.fork()
    if not pid:
        # Made by a child, so that the server never had the file open itself.
        make_template(Path(path), Path(folder))
        os._exit(0)
    os.waitpid(pid, 0)
    template = Path(folder) / "template.klantenapp"
    points, problems, outcomes = 0, [], set()
    number = 1
    while number < 3000:
        copy = prepared(template, Path(folder) / "work", work)
        code, said = child(copy, number, int(action), int(sticky), work)
        if code not in (0, -signal.SIGKILL):
            problems.append([number, code, *said])
        problems += [[number, problem] for problem in judged(copy, said)]
        outcomes |= {one for one in said if one.startswith("refused")}
        if "beyond" in said:
            break
        points += 1
        number += int(step)
    sys.stdout.write(
        json.dumps({"points": points, "problems": problems, "outcomes": sorted(outcomes)})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
