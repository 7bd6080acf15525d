from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from mazhi.kernel.documents import page
from tests.web.contract.conftest import House
from tests.web.test_recalls import house, opened

__all__ = ["house"]


@pytest.fixture(params=["sqlite"])
def db_url(request: pytest.FixtureRequest, tmp_path: Any) -> str:
    """Papers are about what services tell, not about data: one database is enough."""
    template = request.getfixturevalue("sqlite_template")
    target = tmp_path / "mazhi.db"
    target.write_bytes(template.read_bytes())
    return f"sqlite:///{target}"


def read(answer: httpx.Response) -> str:
    """Read a PDF back as text, without blanks: where a line breaks is the setter's business."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    found = PdfReader(io.BytesIO(answer.content))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for sheet in found.pages
        for font in sheet["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert all("NotoSansSC" in font for font in fonts), "the font must be embedded"
    return "".join("".join(sheet.extract_text().split()) for sheet in found.pages)


def shipped(house: House) -> str:
    """Open a recall of machines of which two are at a dealer."""
    house.post("ship", "M1", "M2", partner="D-GD")
    return opened(house, deadline="2099-12-11T18:00:00+08:00")


def test_a_letter_says_what_and_which_and_what_to_do(house: House) -> None:
    number = shipped(house)
    house.call(f"recalls/{number}/actions", {"kind": "schedule", "items": ["M1"], "measure": "退回换泵"}, 200)
    text = read(house.client.get(f"/api/v1/recalls/{number}/letters/D-GD"))
    expectations = [
        "产品召回通知书", number, "广东经销商", "漏水", "其中2件在贵处", "M1", "M2", "退回换泵", "2099-12-11",
        "立即停止销售", "回执", "签字",
    ]  # fmt: skip
    for expected in expectations:
        assert expected in text, expected
    assert "M3" not in text
    english = read(house.client.get(f"/api/v1/recalls/{number}/letters/D-GD", params={"language": "en"}))
    assert "Productrecallnotice" in english
    assert "产品召回" not in english


def test_only_who_has_pieces_gets_a_letter(house: House) -> None:
    number = shipped(house)
    for partner in ("NOBODY", "SUP"):
        answer = house.client.get(f"/api/v1/recalls/{number}/letters/{partner}")
        assert (answer.status_code, answer.json()["code"]) == (404, "partner_not_in_recall")
    assert house.client.get("/api/v1/recalls/RC-0000-00/letters/D-GD").json()["code"] == "unknown_recall"


def test_a_report_holds_scope_progress_and_list(house: House) -> None:
    number = shipped(house)
    house.call(f"recalls/{number}/actions", {"kind": "return", "items": ["M1"]}, 200)
    told = house.get(f"recalls/{number}")
    text = read(house.client.get(f"/api/v1/recalls/{number}/report.pdf", headers={"accept-language": "zh"}))
    for expected in ("召回报告", number, told["hash"], "batch:B1", "已处理1/3", "33.3%", "在途", "已退回", "M3", "WH1"):
        assert expected in text, expected
    mock = opened(house, mock=True)
    assert "Mockrecallreport" in read(
        house.client.get(f"/api/v1/recalls/{mock}/report.pdf", headers={"accept-language": "en"})
    )


def test_a_list_too_long_says_how_many_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from mazhi.kernel.documents import service

    monkeypatch.setattr(service, "MOST_ROWS", 1)
    monkeypatch.setattr(service, "PAGE", 1)
    number = shipped(house)
    assert "另有1件" in read(house.client.get(f"/api/v1/recalls/{number}/letters/D-GD"))
    assert "另有2件" in read(house.client.get(f"/api/v1/recalls/{number}/report.pdf"))


def test_a_life_on_paper_has_everything_that_happened(house: House) -> None:
    number = shipped(house)
    text = read(house.client.get("/api/v1/items/M1/history.pdf"))
    for expected in ("单品履历", "WM", "B1", "在途", "召回", "own:M1", "赋码", "收货", "发货", "召回标记", number):
        assert expected in text, expected
    english = read(house.client.get("/api/v1/items/M1/history.pdf", headers={"accept-language": "en"}))
    assert "Lifeofanitem" in english
    assert "Recallmark" in english


def test_a_genealogy_on_paper_is_read_level_by_level(house: House) -> None:
    house.make("P1-P3, MOD1", place="WH1")
    house.post("assemble", "MOD1", data={"components": ["P1", "P2"]})
    house.post("assemble", "M4", data={"components": ["MOD1", "P3"]})
    down = read(house.client.get("/api/v1/items/M4/genealogy.pdf"))
    places = [down.index(f"{code}WM") for code in ("M4", "MOD1", "P1", "P2", "P3")]
    assert places == sorted(places)
    assert "里面装了什么" in down
    assert "··P1" in down
    up = read(house.client.get("/api/v1/items/P1/genealogy.pdf", params={"direction": "up", "language": "en"}))
    assert up.index("·MOD1WM") < up.index("··M4WM")
    assert house.client.get("/api/v1/items/NO/genealogy.pdf").status_code == 404


def test_papers_need_the_same_rights_as_pages(house: House, as_role: Callable[[str], httpx.Client]) -> None:
    number = shipped(house)
    keeper = as_role("keeper")
    for path in (f"recalls/{number}/report.pdf", f"recalls/{number}/letters/D-GD"):
        assert keeper.get(f"/api/v1/{path}").status_code == 403
    assert keeper.get("/api/v1/items/M1/history.pdf").status_code == 200
    assert keeper.get("/api/v1/items/NO/history.pdf").json()["code"] == "unknown_item"


def test_without_its_font_nothing_is_set(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "REGULAR", page.REGULAR.with_name("none.ttf"))
    answer = house.client.get("/api/v1/items/M1/history.pdf")
    assert (answer.status_code, answer.json()["code"]) == (409, "document_font_missing")


def test_signs_without_a_shape_do_no_harm() -> None:
    assert page.plain("a\x00b\U0001f600c") == "a□b□c"
