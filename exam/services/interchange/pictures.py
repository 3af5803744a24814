"""Pictures of strangers, in the child process: painted anew as PNG, so that only the picture is left."""

import warnings
from io import BytesIO

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
MOST_PIXELS = 20_000_000
LONGEST_SIDE = 1600


def as_png(content: bytes) -> bytes | None:
    """Return a picture as PNG without metadata, its first frame, at most 1600 pixels a side.

    Returns
    -------
    bytes or None
        None for what is no picture of a known raster format, or has more than 20 million pixels.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                clear = "A" in picture.getbands() or "transparency" in picture.info
                painted = picture.convert("RGBA" if clear else "RGB")
            painted.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = Image.new(painted.mode, painted.size)
            bare.paste(painted)
        except Exception:  # noqa: BLE001  a hostile picture may fail anywhere in its decoder
            return None
    kept = BytesIO()
    bare.save(kept, "PNG", optimize=True)
    return kept.getvalue()
