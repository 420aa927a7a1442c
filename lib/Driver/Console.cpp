//===- Console.cpp - What the user sees -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Console.h"

using namespace lowbit::driver;
using Clock = std::chrono::steady_clock;

static constexpr std::chrono::milliseconds kProgressInterval(250);

void Console::clearLine() {
  if (hasLine)
    err << "\r\x1b[K";
  hasLine = false;
}

void Console::clearProgress() {
  std::lock_guard<std::mutex> lock(mutex);
  clearLine();
}

llvm::raw_ostream &Console::results() {
  clearProgress();
  return out;
}

void Console::summary(const llvm::Twine &text) {
  if (quiet)
    return;
  std::lock_guard<std::mutex> lock(mutex);
  clearLine();
  out << text << '\n';
}

void Console::note(const llvm::Twine &text) {
  if (!quiet)
    message("note", text);
}

void Console::message(llvm::StringRef kind, const llvm::Twine &text) {
  std::lock_guard<std::mutex> lock(mutex);
  clearLine();
  err << "lowbit: " << kind << ": " << text << '\n';
}

llvm::LogicalResult Console::error(const llvm::Twine &text) {
  message("error", text);
  return llvm::failure();
}

llvm::LogicalResult Console::error(llvm::Error failed) {
  return error(llvm::toString(std::move(failed)));
}

void Console::progress(llvm::StringRef what, size_t done, size_t total) {
  if (quiet || !err.is_displayed())
    return;
  std::lock_guard<std::mutex> lock(mutex);
  Clock::time_point now = Clock::now();
  bool isNewStep = total == 0;
  if (hasLine && !isNewStep && now - lastLine < kProgressInterval)
    return;
  clearLine();
  err << what;
  if (total)
    err << ' ' << done << " of " << total;
  err.flush();
  hasLine = true;
  lastLine = now;
}
