"""Small PMTiles files for the tests of maps (specification 3: header, root directory, metadata, tiles)."""

import gzip
import struct

CENTRE = (44.2, 4.2)


def pmtiles(tile: bytes = b"", kind: int = 1, highest: int = 0) -> bytes:
    """Make a file with one tile, 0/0/0, around the valley. Kinds: 1 vector, 2 PNG."""
    directory = gzip.compress(_varints(1, 0, 1, max(1, len(tile)), 1))
    metadata = gzip.compress(b"{}")
    places, at = [], 127
    for part in (directory, metadata, b"", tile):
        places += [at, len(part)]
        at += len(part)
    bounds = [int(degrees * 1e7) for degrees in (4.0, 44.0, 4.5, 44.5)]
    centre = [int(degrees * 1e7) for degrees in CENTRE[::-1]]
    counts = [1, 1, 1]
    header = struct.pack(
        "<7sB11Q6B4iB2i", b"PMTiles", 3, *places, *counts, 1, 2, 1, kind, 0, highest, *bounds, 0, *centre
    )
    return header + directory + metadata + tile


def _varints(*numbers: int) -> bytes:
    return b"".join(
        bytes([number & 127 | 128] * (number > 127) + [number >> 7 if number > 127 else number]) for number in numbers
    )
