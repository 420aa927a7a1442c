"""golden-to-npy.py RAW SHAPE OUT.npy: little-endian f32 samples of SHAPE to npy."""

import math
import struct
import sys


def main():
    raw_path, shape_text, out_path = sys.argv[1:]
    with open(raw_path, "rb") as file:
        raw = file.read()
    shape = tuple(int(size) for size in shape_text.split("x"))
    samples = len(raw) // (4 * math.prod(shape))
    header = repr({"descr": "<f4", "fortran_order": False,
                   "shape": (samples,) + shape}).encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    with open(out_path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header + raw)


main()
