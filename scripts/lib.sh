# Functions that the scripts share; source it, do not run it.
# shellcheck shell=bash

# The repository's root, from wherever the script is called.
LOWBIT_ROOT="$(CDPATH="" cd -- "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Compiled files of one checkout serve another, too.
export CCACHE_BASEDIR="$LOWBIT_ROOT" CCACHE_NOHASHDIR=1
# Without this ccache passes over files with a precompiled header.
export CCACHE_SLOPPINESS=pch_defines,time_macros

# die MESSAGE...: says what went wrong and ends the script.
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# as_root COMMAND...: runs it as root, through sudo where we are not.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "needs root for: $*"
  fi
}

# phase NAME LOG COMMAND...: runs the command with its output appended to LOG
# and prints one line: what and how long. On failure prints the end of LOG.
phase() {
  local name="$1" log="$2" start="$SECONDS" status=0
  shift 2
  printf '== %s: %s\n' "$name" "$*" >>"$log"
  "$@" >>"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 60 "$log" >&2
    printf '%s failed after %d s; the whole log is %s\n' \
      "$name" "$((SECONDS - start))" "$log" >&2
    return "$status"
  fi
  printf '%-12s %3d s\n' "$name" "$((SECONDS - start))"
}

# step NAME FIX COMMAND...: runs a check and prints one line; on failure its
# output stands above and FIX says what to do.
step() {
  local name="$1" fix="$2" start="$SECONDS" status=0
  shift 2
  "$@" || status=$?
  if [ "$status" -ne 0 ]; then
    printf '%s failed. To fix: %s\n' "$name" "$fix" >&2
    return "$status"
  fi
  printf '%-12s %3d s\n' "$name" "$((SECONDS - start))"
}
