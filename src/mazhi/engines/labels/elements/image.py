"""``image``: an uploaded picture, made black and white."""

from __future__ import annotations

from PIL import Image, ImageOps

from mazhi.engines.labels.bits import to_bits
from mazhi.engines.labels.element import Drawn, Element, Plan, Spot
from mazhi.engines.labels.marks import Picture
from mazhi.engines.labels.properties import Choice, Property
from mazhi.kernel.errors import NotFoundError

FIT = (
    Choice("contain", "完整显示", "contain"),
    Choice("cover", "填满裁切", "cover"),
    Choice("stretch", "拉伸", "stretch"),
)
DITHER = (Choice("threshold", "黑白分明", "threshold"), Choice("diffusion", "灰度网点", "diffusion"))


def plan(spot: Spot) -> Plan:
    """Make the picture black and white once."""
    drawn = _drawn(spot)
    return Plan(lambda _scope: drawn, fixed=True)


def _drawn(spot: Spot) -> Drawn:
    wanted = spot.text("image")
    if not wanted or spot.images is None or spot.width < 1 or spot.height < 1:
        return Drawn((), (spot.problem("label_image_missing", image=wanted),))
    try:
        grey = _grey(spot.images(wanted))
    except NotFoundError:
        return Drawn((), (spot.problem("label_image_missing", image=wanted),))
    fitted, x, y = _fitted(grey, spot)
    if spot.text("dither") == "diffusion":
        black = ImageOps.invert(fitted).convert("1", dither=Image.Dither.FLOYDSTEINBERG)
    else:
        limit = spot.number("threshold") * 2.55
        black = fitted.point(lambda value: 255 if value < limit else 0, mode="1")
    return Drawn((Picture(spot.id, x, y, to_bits(black)),))


def _grey(image: Image.Image) -> Image.Image:
    """Return a picture in grey on white; what it lets through is white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("L")
    return image.convert("L")


def _fitted(grey: Image.Image, spot: Spot) -> tuple[Image.Image, int, int]:
    box, fit = (spot.width, spot.height), spot.text("fit")
    if fit == "stretch":
        return grey.resize(box, Image.Resampling.LANCZOS), 0, 0
    if fit == "cover":
        return ImageOps.fit(grey, box, Image.Resampling.LANCZOS), 0, 0
    scale = min(box[0] / grey.width, box[1] / grey.height)
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    return grey.resize(size, Image.Resampling.LANCZOS), (box[0] - size[0]) // 2, (box[1] - size[1]) // 2


KIND = Element(
    name="image",
    zh="图片",
    en="Picture",
    group="picture",
    properties=(
        Property("image", "图片", "picture", "image", ""),
        Property("fit", "适应", "fit", "choice", "contain", choices=FIT),
        Property("dither", "黑白方式", "black and white by", "choice", "threshold", choices=DITHER,
                 zh_hint="标志用黑白分明，照片用灰度网点", en_hint="threshold for logos, diffusion for photos"),
        Property("threshold", "阈值", "threshold", "number", 50, least=1, most=99, unit="%",
                 zh_hint="越大印得越黑", en_hint="higher prints more black"),
    ),
    example={"image": "example"},
    plan=plan,
    size_mm=(15.0, 15.0),
)  # fmt: skip
