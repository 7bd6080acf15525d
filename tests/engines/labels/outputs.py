"""Labels written in every way and drawn back to pixels by somebody else's program."""

import io
from collections.abc import Callable

import pypdfium2
from PIL import Image

from mazhi.engines.labels.marks import DOTS_PER_MM, Laid
from mazhi.engines.labels.media import Media
from mazhi.engines.labels.writers import pdf, png, tspl, zpl
from tests.engines.labels import zpl_renderer
from tests.engines.labels.tspl_interpreter import Printer


def media(laid: Laid) -> Media:
    """Media of exactly the label's size."""
    scale = DOTS_PER_MM[laid.dpi]
    return Media(width_mm=laid.width / scale, height_mm=laid.height / scale)


def as_png(laids: list[Laid]) -> list[Image.Image]:
    return [Image.open(io.BytesIO(data)).convert("L") for data in png.write(laids)]


def as_pdf(laids: list[Laid]) -> list[Image.Image]:
    return [_page(laid) for laid in laids]


def _page(laid: Laid) -> Image.Image:
    size = media(laid)
    document = pypdfium2.PdfDocument(pdf.write([laid], size.width_mm, size.height_mm))
    try:
        # A hair less, for the renderer would take a whole pixel more for a rounding error and stretch the page to it.
        drawn = document[0].render(scale=DOTS_PER_MM[laid.dpi] * 25.4 / 72 * (1 - 1e-6)).to_pil().convert("L")
    finally:
        document.close()
    assert drawn.size == (laid.width, laid.height)
    return drawn


def as_zpl(laids: list[Laid]) -> list[Image.Image]:
    jobs = [
        zpl_renderer.Job(b"".join(zpl.write([laid], media(laid))), laid.width, laid.height, laid.dpi) for laid in laids
    ]
    return [drawn for (drawn,) in zpl_renderer.render(jobs)]


def as_tspl(laids: list[Laid]) -> list[Image.Image]:
    return [
        Printer(laid.width, laid.height).run(b"".join(tspl.write([laid], media(laid))))[0].picture for laid in laids
    ]


OUTPUTS: dict[str, Callable[[list[Laid]], list[Image.Image]]] = {
    "png": as_png,
    "pdf": as_pdf,
    "zpl": as_zpl,
    "tspl": as_tspl,
}
