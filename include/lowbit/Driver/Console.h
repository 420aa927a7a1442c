//===- Console.h - What the user sees -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DRIVER_CONSOLE_H
#define LOWBIT_DRIVER_CONSOLE_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <mutex>

namespace lowbit::driver {

/// Results to one stream, messages and progress to another. All members may be
/// called from several threads, `results` excepted.
class Console {
public:
  /// `quiet` leaves out summaries, notes and progress, but neither errors nor
  /// results that were asked for.
  Console(llvm::raw_ostream &out, llvm::raw_ostream &err, bool quiet)
      : out(out), err(err), quiet(quiet) {}

  /// Where results that were asked for go.
  llvm::raw_ostream &results();

  /// One line of what was done.
  void summary(const llvm::Twine &text);

  /// Something that the user should know, on the stream of the errors.
  void note(const llvm::Twine &text);

  /// Prints "lowbit: error: ..." and fails, so that callers can return it.
  llvm::LogicalResult error(const llvm::Twine &message);
  llvm::LogicalResult error(llvm::Error error);

  /// Prints "lowbit: <kind>: ..."; for messages that MLIR made.
  void message(llvm::StringRef kind, const llvm::Twine &text);

  /// Rewrites the progress line, only on a terminal: at once for a new step
  /// (`total` is 0), at most four times per second while one counts.
  void progress(llvm::StringRef what, size_t done = 0, size_t total = 0);

  /// Removes the progress line, before anything else is printed.
  void clearProgress();

private:
  void clearLine();

  llvm::raw_ostream &out;
  llvm::raw_ostream &err;
  bool quiet;
  bool hasLine = false;
  std::chrono::steady_clock::time_point lastLine;
  std::mutex mutex;
};

} // namespace lowbit::driver

#endif // LOWBIT_DRIVER_CONSOLE_H
