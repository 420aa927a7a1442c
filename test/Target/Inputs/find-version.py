"""Names the version of net_run that was chosen.

    print-version NET.so | find-version.py LLVM-NM NET.so
"""

import subprocess
import sys

nm, shared = sys.argv[1:]
output = subprocess.run([nm, shared], check=True, capture_output=True, text=True).stdout
rows = [line.split() for line in output.splitlines()]
symbols = {row[2]: int(row[0], 16) for row in rows if len(row) == 3}
address = symbols["net_interface"] + int(sys.stdin.read())
names = [name for name, value in symbols.items()
         if value == address and name.startswith("net_run.") and name != "net_run.resolver"]
print(*[name.removeprefix("net_run.") for name in names])
