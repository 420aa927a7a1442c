"""Counts multiplications of each layer in `objdump -d` output on stdin.

Every mnemonic of x86-64 and AArch64 that multiplies contains "mul", "madd",
"msub", "mla", "mls", "dpbusd", "sdot" or "udot"; AArch64's "mneg" is the
alias of a "msub".
"""

import re
import sys

MULTIPLIES = re.compile(r"mul|madd|msub|mla|mls|mneg|dpbusd|dpwssd|[su]+dot")
# What threads share of a layer, and what calls it, count as the layer.
FUNCTION = re.compile(r"^[0-9a-f]+ <([\w+]+?)(?:_chunk(?:_\d+)?|\.\.omp_par(?:\.\d+)?)?>:")
INSTRUCTION = re.compile(r"^\s*[0-9a-f]+:\s+(\S+)")
LAYERS = ["conv1", "conv2", "block1_conv1", "block1_conv2+block1_add",
          "conv3", "conv4", "pool", "dense"]


def count(lines):
    """Multiplications by function name."""
    found, function = {}, None
    for line in lines:
        header = FUNCTION.match(line)
        if header:
            function = header.group(1)
            found.setdefault(function, 0)
        elif function and (instruction := INSTRUCTION.match(line)):
            found[function] += bool(MULTIPLIES.search(instruction.group(1)))
    return found


def main():
    found = count(sys.stdin)
    for layer in LAYERS:
        print(f"{layer}: {found.get(layer, 'missing')}")


main()
