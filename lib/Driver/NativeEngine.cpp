//===- NativeEngine.cpp - Running machine code -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Engine.h"

#include "llvm/Support/FileSystem.h"

#include <cstring>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

template <typename T>
static void readElements(ArrayRef<char> bytes, std::vector<double> &out) {
  for (size_t i = 0; i != out.size(); ++i) {
    T element;
    std::memcpy(&element, bytes.data() + i * sizeof(T), sizeof(T));
    out[i] = static_cast<double>(element);
  }
}

static void readArray(const target::Array &array, ArrayRef<char> bytes,
                      std::vector<double> &out) {
  out.resize(array.numElements());
  if (array.type == "f32")
    readElements<float>(bytes, out);
  else if (array.type == "i8")
    readElements<int8_t>(bytes, out);
  else if (array.type == "i16")
    readElements<int16_t>(bytes, out);
  else if (array.type == "i32")
    readElements<int32_t>(bytes, out);
  else
    readElements<int64_t>(bytes, out);
}

template <typename T>
static void writeElements(ArrayRef<int64_t> elements, std::vector<char> &out) {
  out.resize(elements.size() * sizeof(T));
  for (auto [i, element] : llvm::enumerate(elements)) {
    auto narrow = static_cast<T>(element);
    std::memcpy(out.data() + i * sizeof(T), &narrow, sizeof(T));
  }
}

/// The bytes of an input of integers for a normalized sample.
static void writeArray(const target::Array &array, ArrayRef<float> sample,
                       std::vector<char> &out) {
  std::vector<int64_t> elements = data::toIntegers(sample, array.numBits());
  if (array.type == "i8")
    writeElements<int8_t>(elements, out);
  else if (array.type == "i16")
    writeElements<int16_t>(elements, out);
  else
    writeElements<int32_t>(elements, out);
}

namespace {
class NativeWorker : public Engine::Worker {
public:
  NativeWorker(const target::Network &network, Console &console)
      : network(network), console(console), workspace(network.interface()) {
    for (const target::Array &output : network.interface().outputs)
      buffers.emplace_back(output.numBytes());
    for (std::vector<char> &buffer : buffers)
      pointers.push_back(buffer.data());
  }

  LogicalResult run(ArrayRef<float> input, Outcome &outcome) override {
    const target::Array &array = network.interface().inputs.front();
    const void *bytes = input.data();
    if (!array.isFloat()) {
      writeArray(array, input, integers);
      bytes = integers.data();
    }
    auto start = std::chrono::steady_clock::now();
    int code = network.run(bytes, pointers, workspace.data());
    std::chrono::duration<double, std::micro> time =
        std::chrono::steady_clock::now() - start;
    if (code != 0)
      return console.error("the network returned " + Twine(code) +
                           " instead of 0");
    outcome.microseconds = time.count();
    readOutputs(outcome);
    return success();
  }

private:
  void readOutputs(Outcome &outcome) const {
    const target::Interface &interface = network.interface();
    outcome.checksums.resize(interface.checksums.size());
    bool hasChecksums = !outcome.checksums.empty();
    if (hasChecksums)
      std::memcpy(outcome.checksums.data(), buffers.back().data(),
                  buffers.back().size());
    outcome.outputs.resize(buffers.size() - hasChecksums);
    for (auto [array, buffer, values] :
         llvm::zip(interface.outputs, buffers, outcome.outputs))
      readArray(array, buffer, values);
  }

  const target::Network &network;
  Console &console;
  target::Workspace workspace;
  /// An input of integers.
  std::vector<char> integers;
  /// One for each output, the checksums in the last one.
  std::vector<std::vector<char>> buffers;
  SmallVector<void *> pointers;
};

class NativeEngine : public Engine {
public:
  NativeEngine(std::unique_ptr<target::Network> network, Console &console)
      : network(std::move(network)), console(console) {
    interface = this->network->interface();
    if (!interface.checksums.empty())
      interface.outputs.pop_back();
  }

  std::unique_ptr<Worker> makeWorker() const override {
    return std::make_unique<NativeWorker>(*network, console);
  }

private:
  std::unique_ptr<target::Network> network;
  Console &console;
};
} // namespace

/// Whether the checksums, if there are any, are the last one of several
/// outputs.
static bool hasOutputs(const target::Interface &interface) {
  if (interface.outputs.empty() || interface.checksums.empty())
    return !interface.outputs.empty();
  const target::Array &last = interface.outputs.back();
  return interface.outputs.size() > 1 && last.type == "i64" &&
         last.numElements() == static_cast<int64_t>(interface.checksums.size());
}

FailureOr<std::unique_ptr<Engine>>
driver::makeNativeEngine(std::unique_ptr<target::Network> network,
                         Console &console) {
  const std::vector<target::Array> &inputs = network->interface().inputs;
  if (inputs.size() != 1)
    return console.error("data can feed a network of one input, this one has " +
                         Twine(inputs.size()) + " inputs");
  if (inputs.front().type == "i64")
    return console.error("data can feed inputs of f32, i8, i16 and i32, this "
                         "one is of i64");
  if (!hasOutputs(network->interface()))
    return console.error("the network has no outputs, or its checksums are "
                         "not the last one");
  return std::unique_ptr<Engine>(
      std::make_unique<NativeEngine>(std::move(network), console));
}

FailureOr<std::unique_ptr<target::Network>>
driver::openSharedNetwork(StringRef path, Console &console) {
  // The loader searches its own folders for names without a slash.
  SmallString<128> absolute(path);
  if (std::error_code code = llvm::sys::fs::make_absolute(absolute))
    return console.error("cannot open '" + path + "': " + code.message());
  auto network = target::openShared(absolute);
  if (!network)
    return console.error("cannot run '" + path +
                         "': " + llvm::toString(network.takeError()));
  return std::move(*network);
}

FailureOr<std::unique_ptr<Engine>> driver::openSharedEngine(StringRef path,
                                                            Console &console) {
  auto network = openSharedNetwork(path, console);
  if (failed(network))
    return failure();
  return makeNativeEngine(*std::move(network), console);
}
