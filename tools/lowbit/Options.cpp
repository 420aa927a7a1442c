//===- Options.cpp - Options that several subcommands share -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"

using namespace lowbit;
using namespace lowbit::tool;
namespace cl = llvm::cl;

Command::~Command() = default;

QuantizationFlags::QuantizationFlags(cl::SubCommand &command)
    : recipe("recipe", cl::sub(command), cl::value_desc("FILE"),
             cl::desc("Recipe (YAML): which layer gets which bits; without "
                      "one the network stays in float")),
      calibration("calibration", cl::sub(command), cl::value_desc("DATA"),
                  cl::desc("Data to choose activation ranges on, written as "
                           "cifar10:FILE, idx:IMAGES,LABELS, npy:X, an image "
                           "or a folder of images")),
      samples("samples", cl::sub(command), cl::value_desc("N"),
              cl::desc("Calibration samples (default: as the recipe says)")),
      normalization("normalization", cl::sub(command), cl::value_desc("S"),
                    cl::desc("How samples become inputs: scale=S,mean=A:B:C,"
                             "deviation=D:E:F (default: as the recipe says)")),
      jobs("jobs", cl::sub(command), cl::value_desc("N"),
           cl::desc("Samples of the data that run at once, 0: as many as "
                    "there are cores")),
      batch("batch", cl::sub(command), cl::value_desc("N"),
            cl::desc("Samples that the network takes at a time, where it "
                     "leaves that free (default: 1)")) {}

driver::Quantization QuantizationFlags::get() const {
  std::optional<unsigned> batchSize;
  if (batch.getNumOccurrences() != 0)
    batchSize = batch;
  return {recipe, calibration, normalization, samples, jobs, batchSize};
}

CodeFlags::CodeFlags(cl::SubCommand &command)
    : triple("target", cl::sub(command), cl::value_desc("TRIPLE"),
             cl::desc("Machine to compile for (default: this one)")),
      cpu("cpu", cl::sub(command), cl::value_desc("CPU"),
          cl::desc("Processor to compile for (default: this one)")),
      features("features", cl::sub(command), cl::value_desc("F"),
               cl::desc("Processor features, +a,-b")),
      kernel("kernel", cl::sub(command), cl::value_desc("K"),
             cl::desc("The only kernel to use where it fits: loops, dot, "
                      "depthwise, lookup, shift, float or float_depthwise "
                      "(default: auto, the best)"),
             cl::init("auto")),
      arithmetic("arithmetic", cl::sub(command), cl::value_desc("A"),
                 cl::desc("shift: no multiplications in layers whose weights "
                          "can do without (default); any: where they are "
                          "what a kernel needs"),
                 cl::init("shift")),
      costs("costs", cl::sub(command), cl::value_desc("FILE"),
            cl::desc("What steps of kernels cost, as 'lowbit costs' measures "
                     "it (default: what is known of such machines)")),
      threads("threads", cl::sub(command), cl::value_desc("N"),
              cl::desc("Threads that one run of the network uses, through "
                       "OpenMP where they are several (default: 1)"),
              cl::init(1)) {}

driver::CodeOptions CodeFlags::get() const {
  return {{triple, cpu, features}, kernel, arithmetic, costs, threads};
}

DataFlags::DataFlags(cl::SubCommand &command)
    : data("data", cl::sub(command), cl::Required, cl::value_desc("DATA"),
           cl::desc("Data to run on, written as cifar10:FILE, "
                    "idx:IMAGES,LABELS, npy:X[,Y], an image or a folder")),
      limit("limit", cl::sub(command), cl::value_desc("N"),
            cl::desc("Use the first N samples only")) {}

std::optional<size_t> DataFlags::getLimit() const {
  if (limit.getNumOccurrences() == 0)
    return std::nullopt;
  return limit;
}
