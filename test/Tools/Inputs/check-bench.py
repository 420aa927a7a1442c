"""Fails when the JSON of `lowbit bench` lacks something, or is not in itself consistent.

    check-bench.py BENCH.json LAYER...

LAYER... are the names of the layers in program order. How long anything takes is not
looked at.
"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    bench = json.load(file)
assert bench["network"] and bench["cpu"]
assert bench["options"].get("rounds", 1) > 0
assert 0 < bench["whole"]["min_ns"] <= bench["whole"]["median_ns"]
assert bench["whole"]["runs"] > 0
names = [layer["name"] for layer in bench["layers"]]
assert names == sys.argv[2:], names
for layer in bench["layers"]:
    assert layer["kernel"]
    assert 0 <= layer["min_ns"] <= layer["median_ns"]
    # Float layers may have a kernel, loops have none.
    has_limit = "least_ns" in layer
    if layer["kernel"] != "float":
        assert has_limit == (layer["kernel"] in ("dot", "depthwise", "lookup", "shift"))
    assert has_limit == ("limit_share" in layer)
    assert layer.get("least_ns", 1) > 0 and layer.get("limit_share", 0) >= 0
    for key in ("macs", "input_bytes", "output_bytes", "constant_bytes", "gmacs_per_s"):
        assert layer[key] >= 0, key
if names:
    shares = bench["outside"]["share"] + sum(layer["share"] for layer in bench["layers"])
    assert abs(shares - 1) < 1e-6, shares
    assert bench["stamped"]["runs"] > 0
else:
    assert "outside" not in bench and "stamped" not in bench
