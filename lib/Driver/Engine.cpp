//===- Engine.cpp - Running samples -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Engine.h"

#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Support/ThreadPool.h"

#include <algorithm>
#include <atomic>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

Engine::~Engine() = default;
Engine::Worker::~Worker() = default;

int64_t Outcome::predictedClass() const {
  const std::vector<double> &scores = outputs.front();
  return std::max_element(scores.begin(), scores.end()) - scores.begin();
}

bool driver::isSharedObject(StringRef path) {
  if (path.ends_with(".so"))
    return true;
  llvm::file_magic magic;
  return !llvm::identify_magic(path, magic) &&
         magic == llvm::file_magic::elf_shared_object;
}

namespace {
/// A run over all samples, shared by the threads.
class SampleRun {
public:
  SampleRun(ArrayRef<const Engine *> engines, const Samples &samples,
            Console &console, OutcomeConsumer consume)
      : engines(engines), samples(samples), console(console), consume(consume) {
  }

  LogicalResult run(unsigned threads);

private:
  /// What one thread does.
  void work();

  ArrayRef<const Engine *> engines;
  const Samples &samples;
  Console &console;
  OutcomeConsumer consume;
  std::atomic<size_t> next = 0;
  std::atomic<bool> hasFailed = false;
  size_t numDone = 0;
  std::mutex mutex; // guards numDone and consume
};
} // namespace

void SampleRun::work() {
  std::vector<std::unique_ptr<Engine::Worker>> workers;
  for (const Engine *engine : engines)
    workers.push_back(engine->makeWorker());
  ArrayRef<int64_t> shape = engines.front()->inputShape();
  std::vector<float> input(ShapedType::getNumElements(shape));
  std::vector<Outcome> outcomes(engines.size());
  auto runOne = [&](size_t index) -> LogicalResult {
    if (failed(samples.read(index, shape, input)))
      return failure();
    for (auto [worker, outcome] : llvm::zip_equal(workers, outcomes))
      if (failed(worker->run(input, outcome)))
        return failure();
    std::lock_guard<std::mutex> lock(mutex);
    console.progress("running sample", ++numDone, samples.size());
    return consume(index, outcomes);
  };
  while (!hasFailed) {
    size_t index = next++;
    if (index >= samples.size())
      return;
    if (failed(runOne(index)))
      hasFailed = true;
  }
}

LogicalResult SampleRun::run(unsigned threads) {
  if (threads == 1) {
    work();
  } else {
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
    for (unsigned i = 0; i != pool.getMaxConcurrency(); ++i)
      pool.async([this] { work(); });
    pool.wait();
  }
  console.clearProgress();
  return failure(hasFailed);
}

LogicalResult driver::runSamples(ArrayRef<const Engine *> engines,
                                 const Samples &samples, unsigned threads,
                                 Console &console, OutcomeConsumer consume) {
  if (failed(samples.requireShape(engines.front()->inputShape())))
    return failure();
  return SampleRun(engines, samples, console, consume).run(threads);
}
