"""Office archives that do not tell when they were made, so that builds repeat byte for byte."""

from __future__ import annotations

import io
import re
import zipfile


def timeless(archive: bytes, modified: str = "") -> bytes:
    """An Office archive without the time of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml" and modified:
                stamp = rb"\g<1>" + modified.encode() + rb"T00:00:00Z\g<2>"
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(<)", stamp, data)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()
