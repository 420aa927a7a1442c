"""golden-to-npy.py RAW SHAPE OUT.npy: little-endian samples of SHAPE to npy.

The suffix of RAW is the type of the elements: .f32 or .i8.
"""

import math
import os
import struct
import sys

DESCRIPTORS = {".f32": ("<f4", 4), ".i8": ("|i1", 1)}


def main():
    raw_path, shape_text, out_path = sys.argv[1:]
    with open(raw_path, "rb") as file:
        raw = file.read()
    shape = tuple(int(size) for size in shape_text.split("x"))
    descriptor, size = DESCRIPTORS[os.path.splitext(raw_path)[1]]
    samples = len(raw) // (size * math.prod(shape))
    header = repr({"descr": descriptor, "fortran_order": False,
                   "shape": (samples,) + shape}).encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    with open(out_path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header + raw)


main()
