"""ZPL drawn by an independent renderer (zpl-renderer-js, which is zebrash): many labels a process, for speed.

Where it is wrong, told by the ZPL II programming guide, and what is done about it here:

- ``^BC``, invocation ``>5`` outside of set C: the guide says "CODE C, 99". The renderer writes the value of the set it
  is in and stays there, so every symbol that goes from letters to pairs of digits comes out as another one.
- ``^BC``, a single character behind the last invocation (``>:A``, ``>61``) is dropped; the guide knows no such rule.
  Both: the field is drawn here from the guide's table, with bars taken from zint, and handed over as a picture.
- ``^GB`` with width = height = thickness comes out one dot wider and higher than the guide says. Left as it is.
- ``^POI`` (upside down) is not obeyed, as the renderer's wrapper does not switch it on; the tests look at the command.
"""

import base64
import io
import json
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from tests.engines.labels import bars

SCRIPT = Path(__file__).with_name("zpl_render.mjs")
DOTS_PER_MM = {203: 8, 300: 12, 600: 24}

_FIELD = re.compile(r"\^BY(\d+)\^BC([NRIB]),(\d+),N,N,N,N\^FD([^^]*)\^FS")
_WRONG = re.compile(r">5|>[:;6].$")
_TURN = {"R": Image.Transpose.ROTATE_270, "I": Image.Transpose.ROTATE_180, "B": Image.Transpose.ROTATE_90}


@dataclass(frozen=True)
class Job:
    zpl: bytes
    width: int
    height: int
    dpi: int


def render(jobs: list[Job]) -> list[list[Image.Image]]:
    """Draw each job's labels, one pixel a dot, in mode ``L``; formats without a field give no label."""
    asked = []
    for job in jobs:
        # The renderer takes whole dots a millimetre: so many millimetres that the dots are ours.
        scale = DOTS_PER_MM[job.dpi]
        zpl = _FIELD.sub(_redrawn, job.zpl.decode("ascii"))
        zpl = re.sub(r"\^XA(\^ID[^^]*\^FS)+\^XZ", "", zpl)
        asked.append({"zpl": zpl, "width_mm": job.width / scale, "height_mm": job.height / scale, "dots_per_mm": scale})
    node = _node()
    node.stdin.write(json.dumps(asked) + "\n")
    node.stdin.flush()
    answers = json.loads(node.stdout.readline())
    return [[_picture(text, job) for text in texts] for texts, job in zip(answers, jobs, strict=True)]


@cache
def _node() -> subprocess.Popen[str]:
    """The renderer, which takes a second to start and so is started once."""
    assert (SCRIPT.parents[3] / "ui" / "node_modules" / "zpl-renderer-js").exists(), "first: npm ci, in ui/"
    return subprocess.Popen(["node", str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def stop() -> None:
    """End the renderer, if it was started."""
    if _node.cache_info().currsize:
        with _node() as node:
            node.stdin.close()
        _node.cache_clear()


def _picture(text: str, job: Job) -> Image.Image:
    drawn = Image.open(io.BytesIO(base64.b64decode(text))).convert("L")
    assert (drawn.width, drawn.height) == (job.width, job.height)
    return drawn


def _redrawn(found: re.Match[str]) -> str:
    module, turned, height, data = int(found[1]), found[2], int(found[3]), found[4]
    if not _WRONG.search(data):
        return found[0]
    dots = "".join(bit * module for bit in bars.code128(values(data)))
    drawn = bars.picture(dots, height)
    if turned in _TURN:
        drawn = drawn.transpose(_TURN[turned])
    size = (drawn.width + 7) // 8
    rows = drawn.tobytes()
    return f"^GFA,{len(rows)},{len(rows)},{size},{rows.hex().upper()}^FS"


def values(data: str) -> list[int]:
    """The symbol characters of field data of ``^BC`` by the guide's table of invocation codes."""
    values, code_set, at = [104], "B", 0
    if data[:2] in (">9", ">:", ">;"):
        code_set = {"9": "A", ":": "B", ";": "C"}[data[1]]
        values, at = [103 + "ABC".index(code_set)], 2
    while at < len(data):
        if data[at] == ">":
            value = {"<": 62, "0": 30, "=": 94, **{str(code): 94 + code for code in range(1, 9)}}[data[at + 1]]
            values.append(value)
            code_set = {99: "C", 100: "B", 101: "A"}.get(value, code_set)
            at += 2
        elif code_set == "B":
            values.append(ord(data[at]) - 32)
            at += 1
        else:
            values.append(int(data[at : at + 2]))
            at += 2
    return values
