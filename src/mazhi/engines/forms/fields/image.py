"""Pictures, taken or chosen (图片)."""

from __future__ import annotations

from mazhi.engines.forms.files.binding import COLUMNS, FILES, saved
from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="image",
    zh="图片",
    en="Pictures",
    zh_hint="拍照或选择图片；可以加时间、人员、地点水印。",
    en_hint="Taken or chosen; time, person and place can be written into them.",
    group="common",
    icon="Camera",
    example=({}, ["9b1c4a52-6f0e-4f0e-9a36-000000000002"]),
    options=(
        Option("most", "最多几张", "At most", "whole", 9, 1, 100, unit="张"),
        Option(
            "camera_only", "只能现场拍照", "Camera only", "flag", False,
            zh_hint="手机上直接打开相机，不能从相册选。", en_hint="Phones open the camera; no old pictures are taken.",
        ),
        Option(
            "mark_time", "水印：时间", "Watermark: time", "flag", False,
            zh_hint="上传前写进图片里，不能去掉。", en_hint="Written into the picture before it is sent.",
        ),
        Option("mark_user", "水印：拍照人", "Watermark: who", "flag", False),
        Option(
            "mark_place", "水印：经纬度", "Watermark: where", "flag", False,
            zh_hint="浏览器会询问是否允许定位。", en_hint="The browser asks whether it may tell the place.",
        ),
        Option("mark_text", "水印：文字", "Watermark: text", "text", "", zh_hint="如公司或项目名称。",
               en_hint="Such as the name of the company."),
        Option(
            "long_side", "长边", "Long side", "whole", 2_048, 0, 8_000, unit="px",
            zh_hint="上传前缩小到这么大，省流量；0 表示原图。",
            en_hint="Made so large before they are sent, which saves data; 0 keeps them as they are.",
        ),
    ),
    columns=COLUMNS,
    reference=FILES,
    saved=saved,
)  # fmt: skip
