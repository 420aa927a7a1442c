//===- Npy.cpp - Arrays for numpy -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Npy.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace lowbit;

/// Format version 1.0: the dictionary ends at a multiple of this.
static constexpr size_t kAlignment = 64;

std::string driver::encodeNpy(llvm::ArrayRef<int64_t> shape,
                              llvm::ArrayRef<float> values) {
  std::string dictionary =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (";
  // A trailing comma, so that one dimension is a tuple too.
  for (int64_t size : shape)
    dictionary += std::to_string(size) + ",";
  dictionary += "), }";
  // Magic, version and length are 10 bytes; a line feed ends the dictionary.
  size_t end = llvm::alignTo(10 + dictionary.size() + 1, kAlignment);
  dictionary.append(end - 10 - dictionary.size() - 1, ' ');
  dictionary += '\n';

  std::string content;
  llvm::raw_string_ostream os(content);
  os << "\x93NUMPY" << '\x01' << '\x00';
  llvm::support::endian::Writer writer(os, llvm::endianness::little);
  writer.write<uint16_t>(dictionary.size());
  os << dictionary;
  for (float value : values)
    writer.write<uint32_t>(llvm::bit_cast<uint32_t>(value));
  return content;
}
