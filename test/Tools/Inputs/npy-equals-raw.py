"""npy-equals-raw.py FILE.npy RAW: whether the elements of an array are these bytes."""

import struct
import sys


def main():
    npy_path, raw_path = sys.argv[1:]
    with open(npy_path, "rb") as file:
        npy = file.read()
    with open(raw_path, "rb") as file:
        raw = file.read()
    (length,) = struct.unpack("<H", npy[8:10])
    elements = npy[10 + length:]
    if len(elements) != len(raw):
        sys.exit(f"{len(elements)} bytes, expected {len(raw)}")
    for index, (actual, expected) in enumerate(zip(elements, raw)):
        if actual != expected:
            sys.exit(f"byte {index} is {actual}, expected {expected}")
    print(f"{len(raw)} bytes are equal")


main()
