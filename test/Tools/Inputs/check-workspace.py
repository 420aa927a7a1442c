"""Fails when the workspace of a report is more than 5 % above its lower bound.

    check-workspace.py REPORT.json
"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    total = json.load(file)["total"]
size, bound = total["workspace_bytes"], total["workspace_lower_bound"]
if not 0 < bound <= size <= 1.05 * bound:
    sys.exit(f"{size} bytes of workspace, {bound} alive at once")
