"""Writes f32 samples as a numpy file, without numpy: write-npy.py FILE SHAPE VALUES."""

import struct
import sys

path, shape, values = sys.argv[1:]
shape = tuple(int(size) for size in shape.split("x"))
values = [float(value) for value in values.split(",")]
header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape!r}, }}"
header = header.ljust(128 - 10 - 1) + "\n"
with open(path, "wb") as file:
    file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
    file.write(header.encode() + struct.pack(f"<{len(values)}f", *values))
