"""Sums the bytes of all constants of a network at the level of loops (standard input).

Prints the bytes, and the bits for each of COUNT weights when OTHER bytes, those of
weights that are not counted, are left out:  constant-bytes.py OTHER COUNT
"""

import re
import sys

BYTES = {"i8": 1, "i16": 2, "i32": 4, "i64": 8, "f32": 4}


def main():
    other, count = map(int, sys.argv[1:])
    total = 0
    for line in sys.stdin:
        found = re.match(r"\s*memref\.global .*?: memref<([^>]*)>", line)
        if found:
            *sizes, element = found.group(1).split("x")
            size = BYTES[element]
            for extent in sizes:
                size *= int(extent)
            total += size
    bits = 8 * (total - other) / count
    print(f"{total} bytes, {bits:.3f} bits a weight, at most 1.75: "
          f"{'yes' if bits <= 1.75 else 'no'}")


main()
