//===- Npy.cpp - Arrays for numpy -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Npy.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace lowbit;

/// Format version 1.0: the dictionary ends at a multiple of this.
static constexpr size_t kAlignment = 64;

/// numpy's name of an element type.
static llvm::StringRef getDescriptor(llvm::StringRef type) {
  return llvm::StringSwitch<llvm::StringRef>(type)
      .Case("f32", "<f4")
      .Case("i8", "|i1")
      .Case("i16", "<i2")
      .Case("i32", "<i4")
      .Default("<f8");
}

static void write(llvm::support::endian::Writer &writer, llvm::StringRef type,
                  double value) {
  if (type == "f32")
    writer.write<uint32_t>(llvm::bit_cast<uint32_t>(static_cast<float>(value)));
  else if (type == "i8")
    writer.write(static_cast<int8_t>(value));
  else if (type == "i16")
    writer.write(static_cast<int16_t>(value));
  else if (type == "i32")
    writer.write(static_cast<int32_t>(value));
  else
    writer.write<uint64_t>(llvm::bit_cast<uint64_t>(value));
}

std::string driver::encodeNpy(llvm::ArrayRef<int64_t> shape,
                              llvm::StringRef type,
                              llvm::ArrayRef<double> values) {
  std::string dictionary = ("{'descr': '" + getDescriptor(type) +
                            "', 'fortran_order': False, 'shape': (")
                               .str();
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
  for (double value : values)
    write(writer, type, value);
  return content;
}
