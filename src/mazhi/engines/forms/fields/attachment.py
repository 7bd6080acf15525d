"""Files of any usual type (附件)."""

from __future__ import annotations

from mazhi.engines.forms.files.binding import COLUMNS, FILES, saved
from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Choice, Option

TYPES = (
    Choice("picture", "图片", "Pictures"),
    Choice("pdf", "PDF、OFD", "PDF, OFD"),
    Choice("word", "Word 文档", "Word documents"),
    Choice("sheet", "Excel 表格", "Excel sheets"),
    Choice("slides", "PPT 演示", "PowerPoint"),
    Choice("text", "文本、CSV", "Text, CSV"),
    Choice("video", "视频", "Videos"),
    Choice("audio", "录音", "Sound"),
    Choice("archive", "压缩包", "Archives"),
    Choice("drawing", "图纸 DWG、DXF、STEP", "Drawings DWG, DXF, STEP"),
    Choice("other", "其他任何文件", "Anything else"),
)
USUAL = [choice.value for choice in TYPES if choice.value != "other"]

KIND = FieldKind(
    name="attachment",
    zh="附件",
    en="Attachments",
    zh_hint="一个或多个文件，如检验报告、图纸、视频。",
    en_hint="One or more files, such as reports, drawings, videos.",
    group="common",
    icon="PaperClip",
    example=({}, ["9b1c4a52-6f0e-4f0e-9a36-000000000001"]),
    options=(
        Option(
            "types", "可以上传", "What is taken", "texts", USUAL, 1, len(TYPES), choices=TYPES,
            zh_hint="按文件内容判断，改扩展名没有用。", en_hint="Told by the content; renaming a file changes nothing.",
        ),
        Option("most", "最多几个", "At most", "whole", 20, 1, 100, unit="个"),
        Option(
            "largest_mb", "每个最大", "Largest each", "whole", 100, 1, 4_096, unit="MB",
            zh_hint="不会超过系统的上限。", en_hint="Never more than the system takes.",
        ),
    ),
    columns=COLUMNS,
    reference=FILES,
    saved=saved,
)  # fmt: skip
