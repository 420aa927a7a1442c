# The lit suite: text in, text out. docs/Testing.md says how to add a test.
import os
import platform
import shutil

import lit.formats
from lit.llvm import llvm_config
from lit.llvm.subst import ToolSubst

config.name = "Lowbit"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "Package", "Unit", "lit.cfg.py", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.lowbit_build_dir, "test")

project_dir = os.path.dirname(config.test_source_root)
programs = os.path.join(config.lowbit_build_dir, "bin")
plugin = os.path.join(config.lowbit_build_dir, "lib", "LowbitPlugin.so")
shared = os.environ.get("LOWBIT_SHARED") or os.path.join(project_dir, "..", "shared")
shared = os.path.abspath(shared)

# LOWBIT_VERIFY_ROUNDTRIP=1 makes every run of lowbit-opt in the suite also
# print and parse back what it parsed, as text and as bytecode.
opt_arguments = []
if os.environ.get("LOWBIT_VERIFY_ROUNDTRIP") == "1":
    opt_arguments.append("--verify-roundtrip")
    config.test_exec_root = os.path.join(config.lowbit_build_dir, "test", "Roundtrip")

llvm_config.with_system_environment(["HOME", "TMPDIR", "TMP", "TEMP"])
# A variable whose name has no $ is local to the function of its CHECK-LABEL.
llvm_config.with_environment(
    "FILECHECK_OPTS", "--enable-var-scope --allow-unused-prefixes=false"
)
llvm_config.with_environment("PATH", config.llvm_tools_dir, append_path=True)
llvm_config.use_default_substitutions()
llvm_config.add_tool_substitutions(
    [
        ToolSubst("lowbit-opt", extra_args=opt_arguments, unresolved="fatal"),
        ToolSubst("lowbit", unresolved="ignore"),
        "mlir-opt",
        "mlir-runner",
        "split-file",
        "llc",
        "llvm-nm",
        "llvm-objdump",
        "opt",
    ],
    [programs, config.llvm_tools_dir],
)

# Execution tests: `lowbit-opt %s %to_llvm | %run_main | FileCheck %s`. Nothing
# folds: values enter the functions under test as arguments, and neither the
# passes nor the runner (at -O0) look through a call.
llvm_lib_dir = os.path.join(config.llvm_tools_dir, os.pardir, "lib")
llvm_lib_dir = os.path.normpath(llvm_lib_dir)
bufferize = (
    "one-shot-bufferize{bufferize-function-boundaries "
    "function-boundary-type-conversion=identity-layout-map}"
)
to_llvm_passes = [
    "convert-lowbit-to-linalg",
    bufferize,
    "func.func(convert-linalg-to-loops)",
    "expand-strided-metadata",
    "lower-affine",
    "convert-scf-to-cf",
    "convert-arith-to-llvm",
    "finalize-memref-to-llvm",
    "convert-func-to-llvm",
    "convert-cf-to-llvm",
    "reconcile-unrealized-casts",
]
to_llvm = "--pass-pipeline='builtin.module({})'".format(",".join(to_llvm_passes))
# The same from TOSA, by MLIR's own lowering.
tosa_to_linalg = (
    "func.func(tosa-to-linalg-named,tosa-to-linalg,tosa-to-tensor,"
    "tosa-to-arith{include-apply-rescale},convert-math-to-llvm)"
)
tosa_to_llvm = "--pass-pipeline='builtin.module({})'".format(
    ",".join([tosa_to_linalg] + to_llvm_passes)
)
runner_libraries = ",".join(
    os.path.join(llvm_lib_dir, name)
    for name in ["libmlir_runner_utils.so", "libmlir_c_runner_utils.so"]
)
run_main = (
    "mlir-runner -O0 -e main -entry-point-result=void "
    "-shared-libs=" + runner_libraries
)

config.substitutions += [
    ("%plugin", plugin),
    ("%shared", shared),
    ("%llvm_lib_dir", llvm_lib_dir),
    ("%to_llvm", to_llvm),
    ("%tosa_to_llvm", tosa_to_llvm),
    ("%run_main", os.path.join(config.llvm_tools_dir, run_main)),
]

# `REQUIRES: shared`: needs the models or data that are not in the repository.
if os.path.isdir(shared):
    config.available_features.add("shared")
# `%if host-avx2 %{ ... %}`: runs instructions that not every CPU has, by their
# names in /proc/cpuinfo.
try:
    with open("/proc/cpuinfo") as cpuinfo:
        lines = [line for line in cpuinfo if line.startswith(("flags", "Features"))]
    for flag in lines[0].partition(":")[2].split() if lines else []:
        config.available_features.add("host-" + flag)
except OSError:
    pass
# `REQUIRES: x86_64`: compiles for other CPUs of this architecture and runs it.
config.available_features.add(platform.machine())
# `REQUIRES: aarch64-emulator`: runs what it compiles for AArch64.
if shutil.which("aarch64-linux-gnu-gcc") and shutil.which("qemu-aarch64"):
    config.available_features.add("aarch64-emulator")
# `REQUIRES: x86_64-emulator`: runs what it compiles on older CPUs of this architecture.
if platform.machine() == "x86_64" and shutil.which("qemu-x86_64"):
    config.available_features.add("x86_64-emulator")
# `REQUIRES: openmp`: links and runs what several threads share.
if os.path.exists(os.path.join(llvm_lib_dir, "libomp.so")):
    config.available_features.add("openmp")
# `REQUIRES: cores`: times several threads; `%{core}` and `%{other}` are two of the cores.
cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
if len(cores) > 1:
    config.available_features.add("cores")
    config.substitutions += [("%{core}", str(cores[0])), ("%{other}", str(cores[1]))]
# `REQUIRES: plugin`: stock mlir-opt cannot load a sanitized plugin.
if not config.lowbit_sanitize:
    config.available_features.add("plugin")
