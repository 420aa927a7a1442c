"""Writes samples and labels as numpy files, without numpy.

    make-npy.py PREFIX COUNT SHAPE CLASSES

makes PREFIX-x.npy (bytes, COUNT x SHAPE) and PREFIX-y.npy (int64, COUNT).
"""

import struct
import sys


def write(path, descr, shape, data):
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape!r}, }}"
    text = text.ljust(128 - 10 - 1) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)))
        file.write(text.encode() + data)


def main():
    prefix, count, shape, classes = sys.argv[1:]
    count, classes = int(count), int(classes)
    shape = tuple(int(size) for size in shape.split("x"))
    elements = count
    for size in shape:
        elements *= size
    state, pixels = 1, bytearray()
    for _ in range(elements):
        state = (state * 1103515245 + 12345) % 2**31
        pixels.append(state >> 16 & 0xFF)
    write(prefix + "-x.npy", "|u1", (count,) + shape, bytes(pixels))
    labels = [i % classes for i in range(count)]
    write(prefix + "-y.npy", "<i8", (count,), struct.pack(f"<{count}q", *labels))


main()
