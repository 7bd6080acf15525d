"""The evidence package (证据包): everything an auditor needs about one item, in one file that needs nothing of us."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from mazhi.kernel import texts
from mazhi.kernel.genealogy.tracing import Direction
from mazhi.kernel.texts import Language

VERIFIER = "verify_proof.py"
README: Mapping[Language, str] = {"zh": "请先读我.txt", "en": "README.txt"}
NAMES: Mapping[str, tuple[str, str]] = {
    "life": ("生命履历.pdf", "life-history.pdf"),
    "down": ("组成.pdf", "what-is-inside.pdf"),
    "up": ("去向.pdf", "where-it-went.pdf"),
    "trees": ("组成与去向.json", "genealogy.json"),
}
WAYS: tuple[Direction, ...] = ("down", "up")
PROOF = "proof.json"
SUMS = "SHA256SUMS"
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def file_name(kind: str, language: Language) -> str:
    """Return the name of one of the papers."""
    return NAMES[kind][language == "en"]


def pack(code: str, files: Mapping[str, bytes], told: Mapping[str, Any], language: Language) -> bytes:
    """Put files into a zip, with a page that says what each is for, and the hash of each.

    The same files make the same bytes, so that two packages can be compared.
    """
    readme = texts.message("doc_evidence_readme", language, {"code": code, **told})
    whole = {README[language]: readme.encode(), **files}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in whole.items())
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**whole, SUMS: sums.encode()}.items():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return found.getvalue()


def spell(document: object) -> bytes:
    """Write something as JSON that a person can read."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
