#!/usr/bin/env python3
"""Checks the proof of one item (证明文件) with nothing but Python 3.8 or newer: no network, no other package.

    python3 verify_proof.py proof.json [--key HEX] [--checkpoint checkpoint.json]

What it shows: every row in the file stands unaltered under the signed checkpoint of the file, all rows of the life
from 1 on are there, and they are of this one item. ``--key`` holds the signature to a public key that you know from
elsewhere; ``--checkpoint`` holds the ledger to a checkpoint that you kept (export with ``?checkpoint=NUMBER``).
Exit code 0: proven; 1: not proven, with what is wrong; 2: wrong call.
"""

import argparse
import hashlib
import json
import sys

FORMAT = "mazhi-proof-1"
CHECKPOINT = "mazhi-checkpoint-1"
KINDS = {"event": 11, "history": 14, "identifier": 5, "edge_opened": 7, "edge_closed": 8}
SIGNED = ("number", "leaves", "root", "total", "log_root", "previous", "sealed_at", "key")

# Ed25519 (RFC 8032), verification only.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point_add(one, two):
    """Add two points in extended coordinates."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_times(factor, point):
    """Multiply a point by a number."""
    found = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = point_add(found, point)
        point = point_add(point, point)
        factor >>= 1
    return found


def point_from(raw):
    """Read a point; None where the bytes are none."""
    y = int.from_bytes(raw, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_from((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    """Tell whether an Ed25519 signature is right."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point_from(key), point_from(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = point_times(s, BASE), point_add(r, point_times(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def sha(data):
    """SHA-256."""
    return hashlib.sha256(data).digest()


def climb(here, index, size, path):
    """Return the root that a leaf and its audit path lead to (RFC 9162); None where the path does not fit."""
    if not 0 <= index < size:
        return None
    left, last = list(path), size - 1
    while last:
        if index & 1:
            if not left:
                return None
            here = sha(b"\1" + left.pop(0) + here)
        elif index < last:
            if not left:
                return None
            here = sha(b"\1" + here + left.pop(0))
        index >>= 1
        last >>= 1
    return None if left else here


def put_together(nodes):
    """Return the root over complete subtrees (level, hash) side by side from the left edge."""
    peaks = []
    for level, whole in nodes:
        while peaks and peaks[-1][0] == level:
            whole = sha(b"\1" + peaks.pop()[1] + whole)
            level += 1
        peaks.append((level, whole))
    whole = peaks.pop()[1]
    while peaks:
        whole = sha(b"\1" + peaks.pop()[1] + whole)
    return whole


def checkpoint_line(found):
    """Return the bytes of a checkpoint that are hashed and signed."""
    return "\t".join([CHECKPOINT] + [str(found[name]) for name in SIGNED]).encode()


class Verdict:
    """What was found wrong, in both languages."""

    def __init__(self):
        self.faults = []

    def wrong(self, zh, en):
        """Note a fault."""
        self.faults.append((zh, en))


def check_checkpoint(found, verdict, zh, en):
    """Check hash and signature of a checkpoint."""
    line = checkpoint_line(found)
    if hashlib.sha256(line).hexdigest() != found["hash"]:
        verdict.wrong(zh + "：内容与自身的摘要不符", en + ": its content does not fit its own hash")
    if not is_signed(bytes.fromhex(found["key"]), line, bytes.fromhex(found["signature"])):
        verdict.wrong(zh + "：签名不对", en + ": the signature is wrong")


def row_name(row):
    """Name a row for people."""
    if row[0] == "history":
        return f"履历第 {row[3]} 行（{row[4]}）", f"history row {row[3]} ({row[4]})"
    if row[0] == "event":
        return f"事件 {row[1]}", f"event {row[1]}"
    if row[0] == "identifier":
        return f"标识 {row[4]}:{row[3]}", f"identifier {row[4]}:{row[3]}"
    return f"装配关系（事件 {row[1]}）", f"edge (event {row[1]})"


def check_rows(proof, verdict):
    """Check every row against its block, and every block against the head."""
    head, good = proof["head"], set()
    for number, block in proof["blocks"].items():
        leaf = sha(b"\0" + ("block\t{}\t{}\t{}".format(number, block["leaves"], block["root"])).encode())
        path = [bytes.fromhex(step) for step in block["path"]]
        root = climb(leaf, int(number) - 1, head["number"], path)
        if root is None or root.hex() != head["log_root"]:
            verdict.wrong(f"区块 {number} 不在检查点之下", f"block {number} is not under the checkpoint")
        else:
            good.add(number)
    used = set()
    for one in proof["rows"]:
        zh, en = row_name(one["row"])
        block = proof["blocks"].get(str(one["block"]))
        used.add(str(one["block"]))
        line = json.dumps(one["row"], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        leaf = sha(b"\0" + bytes.fromhex(one["salt"]) + line)
        root = block and climb(leaf, one["index"], block["leaves"], [bytes.fromhex(step) for step in one["path"]])
        if not root or root.hex() != block["root"] or len(one["salt"]) != 32:
            verdict.wrong(zh + "：与封存时不同", en + ": it is not what was sealed")
        elif str(one["block"]) not in good:
            verdict.wrong(zh + "：所在区块不成立", en + ": its block does not hold")
    for number in set(proof["blocks"]) - used:
        verdict.wrong(f"区块 {number} 没有这件物品的行", f"block {number} holds no row of this item")


def check_life(proof, verdict):
    """Check that the rows are the whole life of one item: rows 1 to n in order, each with its event, and its code."""
    item, rows = proof["item"], [one["row"] for one in proof["rows"]]
    if any(row[0] not in KINDS or len(row) != KINDS[row[0]] for row in rows):
        verdict.wrong("有一行的种类不对", "a row is of no known kind")
        return
    history = [row for row in rows if row[0] == "history"]
    seqs = [row[3] for row in history]
    if not seqs or seqs != list(range(1, len(seqs) + 1)) or item["seq"] != len(seqs):
        verdict.wrong(f"履历不全或次序不对：{seqs}", f"the history is not whole or not in order: {seqs}")
    places = [(one["block"], one["index"]) for one in proof["rows"]]
    if len(places) != len(set(places)):
        verdict.wrong("同一行出现了两次", "a row is there twice")
    codes = [row[3] for row in rows if row[0] == "identifier"]
    if item["code"] not in codes:
        verdict.wrong(f"码 {item['code']} 不在封存的标识里", f"code {item['code']} is not among the sealed identifiers")
    if history and item["state"] != (history[-1][10] or None):
        verdict.wrong("状态与最后一行履历不符", "the state is not that of the last row")
    check_owner(rows, item["id"], verdict)
    check_events(rows, history, verdict)


def check_owner(rows, mine, verdict):
    """Check that no row is another item's."""
    for row in rows:
        foreign = row[0] in ("history", "identifier") and row[2] != mine
        foreign |= row[0].startswith("edge") and row[2] != mine and not (row[3] == "item" and row[4] == mine)
        if foreign:
            zh, en = row_name(row)
            verdict.wrong(zh + "：是别的物品的", en + ": it is another item's")


def check_events(rows, history, verdict):
    """Check that every history row has its event, and that both say the same."""
    events = {row[1]: row for row in rows if row[0] == "event"}
    if sorted(row[1] for row in rows if row[0] == "event") != sorted({row[1] for row in history}):
        verdict.wrong("履历行与事件对不上", "history rows and events do not match")
    for row in history:
        event = events.get(row[1])
        if event is not None and row[4:9] != [event[2], event[3], event[4], event[5], event[7]]:
            zh, en = row_name(row)
            verdict.wrong(zh + "：与它的事件不一致", en + ": it disagrees with its event")


def check_earlier(proof, kept, verdict):
    """Hold the file to a checkpoint that the reader kept."""
    head = proof["head"]
    check_checkpoint(
        kept, verdict, "所存的检查点 {}".format(kept["number"]), "the checkpoint kept, {}".format(kept["number"])
    )
    if kept["number"] == head["number"]:
        if kept["hash"] != head["hash"]:
            verdict.wrong("与所存的检查点不同", "it is not the checkpoint that was kept")
        return
    if kept["number"] > head["number"]:
        verdict.wrong("所存的检查点比文件新，请重新导出", "the checkpoint kept is newer than the file: export again")
        return
    tie = proof.get("earlier")
    if not tie or tie["checkpoint"]["number"] != kept["number"]:
        verdict.wrong(
            "文件没有连到检查点 {}，请用 ?checkpoint={} 重新导出".format(kept["number"], kept["number"]),
            "the file is not tied to checkpoint {}: export again with ?checkpoint={}".format(
                kept["number"], kept["number"]
            ),
        )
    elif tie["checkpoint"]["hash"] != kept["hash"]:
        verdict.wrong("台账里的检查点与所存的不同", "the ledger's checkpoint is not the one that was kept")


def check_tie(proof, verdict):
    """Check that the earlier checkpoint in the file and its head are of one ledger."""
    tie = proof.get("earlier")
    if not tie:
        return
    earlier, head = tie["checkpoint"], proof["head"]
    check_checkpoint(
        earlier, verdict, "较早的检查点 {}".format(earlier["number"]), "earlier checkpoint {}".format(earlier["number"])
    )
    nodes = [(level, bytes.fromhex(digest)) for level, digest in tie["nodes"]]
    size, count = 0, 0
    while count < len(nodes) and size < earlier["number"]:
        size += 1 << nodes[count][0]
        count += 1
    whole = size + sum(1 << level for level, _ in nodes[count:])
    fits = size == earlier["number"] and whole == head["number"]
    if (
        not fits
        or put_together(nodes[:count]).hex() != earlier["log_root"]
        or put_together(nodes).hex() != head["log_root"]
    ):
        verdict.wrong("较早的检查点与最新的不是同一本台账", "the earlier checkpoint and the head are not of one ledger")


def check(raw, key=None, kept=None):
    """Check a file's bytes; return the proof and the verdict."""
    verdict = Verdict()
    try:
        proof = json.loads(raw.decode("utf-8"))
        if proof.get("format") != FORMAT:
            verdict.wrong(f"不是证明文件（{FORMAT}）", f"this is no proof ({FORMAT})")
            return proof, verdict
        if (json.dumps(proof, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8") != raw:
            verdict.wrong("文件的写法被改动", "the spelling of the file was changed")
        unsigned = {name: value for name, value in proof.items() if name != "signature"}
        spelled = (json.dumps(unsigned, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
        signature = bytes.fromhex(proof["signature"])
        if not is_signed(bytes.fromhex(proof["key"]), FORMAT.encode() + b"\n" + spelled, signature):
            verdict.wrong("文件的签名不对：有内容被改动", "the file's signature is wrong: something in it was changed")
        check_checkpoint(
            proof["head"],
            verdict,
            "检查点 {}".format(proof["head"]["number"]),
            "checkpoint {}".format(proof["head"]["number"]),
        )
        check_rows(proof, verdict)
        check_life(proof, verdict)
        check_tie(proof, verdict)
        if key is not None and {key.lower()} != {proof["key"], proof["head"]["key"]}:
            verdict.wrong("公钥不是所给的那一把", "the public key is not the one given")
        if kept is not None:
            check_earlier(proof, kept, verdict)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        verdict.wrong(f"文件读不懂（{error}）", f"the file cannot be read ({error})")
        return {}, verdict
    return proof, verdict


def fingerprint(key):
    """Return a public key's short name, for people to compare."""
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32].upper()
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


def main():
    """Read the arguments, check, say what came of it."""
    parser = argparse.ArgumentParser(description="Check the proof of one item.")
    parser.add_argument("file")
    parser.add_argument("--key", metavar="HEX", help="the public key that must have signed")
    parser.add_argument("--checkpoint", metavar="FILE", help="a checkpoint that was kept")
    asked = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    kept = None
    try:
        with open(asked.file, "rb") as source:
            raw = source.read()
        if asked.checkpoint:
            with open(asked.checkpoint, "rb") as source:
                kept = json.loads(source.read().decode("utf-8"))
            checkpoint_line(kept), kept["hash"], kept["signature"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"读不了文件 / cannot read: {error}", file=sys.stderr)
        return 1 if asked.checkpoint and kept is None else 2
    proof, verdict = check(raw, asked.key, kept)
    if verdict.faults:
        print("✘ 未通过：这份文件不能证明 / NOT PROVEN")
        for zh, en in verdict.faults:
            print(f"  {zh} / {en}")
        return 1
    head, item = proof["head"], proof["item"]
    rows = sum(one["row"][0] == "history" for one in proof["rows"])
    print(
        f"✔ 通过：{item['code']} 的 {rows} 行履历与封存时一致 / "
        f"PROVEN: {rows} history rows of {item['code']} are as they were sealed"
    )
    print("  检查点 / checkpoint {}  {}  {}".format(head["number"], head["sealed"], head["hash"]))
    print("  公钥指纹 / key {}".format(fingerprint(proof["key"])))
    if asked.key is None:
        print("  请与对方公布的指纹核对，或用 --key 指定 / compare the key with the published one, or give --key")
    return 0


if __name__ == "__main__":
    sys.exit(main())
