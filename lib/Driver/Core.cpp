//===- Core.cpp - The cores that a measurement runs on -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errno.h"

#include <cstdlib>

#ifdef __linux__
#include <sched.h>
#endif

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

#ifdef __linux__

static FailureOr<cpu_set_t> getAllowed(Console &console) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0)
    return console.error("cannot ask which cores this process may use: " +
                         llvm::sys::StrError());
  return allowed;
}

static std::string spell(const cpu_set_t &set) {
  SmallVector<std::string> cores;
  for (unsigned core = 0; core != CPU_SETSIZE; ++core)
    if (CPU_ISSET(core, &set))
      cores.push_back(std::to_string(core));
  return llvm::join(cores, ", ");
}

static std::string spell(size_t count, StringRef what) {
  return (Twine(count) + " " + what + (count == 1 ? "" : "s")).str();
}

LogicalResult driver::checkCores(ArrayRef<unsigned> cores, size_t threads,
                                 Console &console) {
  auto allowed = getAllowed(console);
  if (failed(allowed))
    return failure();
  for (unsigned core : cores)
    if (core >= CPU_SETSIZE || !CPU_ISSET(core, &*allowed))
      return console.error("cannot run on core " + Twine(core) +
                           "; this process may use " + spell(*allowed));
  llvm::SmallDenseSet<unsigned> distinct(cores.begin(), cores.end());
  if (distinct.size() != cores.size())
    return console.error("--core names a core twice");
  if (!cores.empty() && cores.size() != threads)
    return console.error("--core names " + spell(cores.size(), "core") +
                         " for code of " + spell(threads, "thread") +
                         "; pass one for each, as --core " +
                         (threads == 1 ? "0" : "0,1"));
  if (static_cast<size_t>(CPU_COUNT(&*allowed)) < threads)
    return console.error("cannot time " + Twine(threads) + " threads on " +
                         Twine(CPU_COUNT(&*allowed)) +
                         " cores; this process may use " + spell(*allowed));
  return success();
}

/// The core that this thread is on, and those that follow it among `allowed`.
static std::vector<unsigned> chooseCores(const cpu_set_t &allowed,
                                         size_t count) {
  std::vector<unsigned> cores;
  int current = sched_getcpu();
  if (current < 0 || current >= CPU_SETSIZE)
    return cores;
  for (unsigned step = 0; step != CPU_SETSIZE && cores.size() != count;
       ++step) {
    unsigned core = (static_cast<unsigned>(current) + step) % CPU_SETSIZE;
    if (CPU_ISSET(core, &allowed))
      cores.push_back(core);
  }
  return cores;
}

FailureOr<std::vector<unsigned>> driver::pinToCores(std::vector<unsigned> cores,
                                                    size_t threads,
                                                    Console &console) {
  auto allowed = getAllowed(console);
  if (failed(allowed))
    return failure();
  if (cores.empty())
    cores = chooseCores(*allowed, threads);
  if (cores.empty())
    return cores;
  cpu_set_t set;
  CPU_ZERO(&set);
  for (unsigned core : cores)
    CPU_SET(core, &set);
  if (sched_setaffinity(0, sizeof(set), &set) != 0)
    return console.error("cannot stay on core " + spell(set) + ": " +
                         llvm::sys::StrError());
  // Two threads must not meet on one core. The runtime reads this when its
  // first region begins; what the user has said wins.
  if (threads > 1)
    setenv("OMP_PROC_BIND", "true", /*overwrite=*/0);
  return cores;
}

#else

LogicalResult driver::checkCores(ArrayRef<unsigned> cores, size_t,
                                 Console &console) {
  return cores.empty() ? success() : console.error("--core is for Linux");
}

FailureOr<std::vector<unsigned>> driver::pinToCores(std::vector<unsigned>,
                                                    size_t, Console &) {
  return std::vector<unsigned>();
}

#endif
