//===- LowbitConstants.cpp - Numbers out of constant operands -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/Lowbit/LowbitConstants.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

/// The raw bytes of a resource, if they are exactly `count` elements of
/// `elementBytes` each.
static std::optional<ArrayRef<char>>
getResourceData(DenseResourceElementsAttr attr, int64_t elementBytes) {
  AsmResourceBlob *blob = attr.getRawHandle().getBlob();
  if (!blob)
    return std::nullopt;
  ArrayRef<char> data = blob->getData();
  if (static_cast<int64_t>(data.size()) !=
      attr.getType().getNumElements() * elementBytes)
    return std::nullopt;
  return data;
}

template <typename To, typename From>
static SmallVector<To> convertElements(ArrayRef<char> data) {
  SmallVector<To> values(data.size() / sizeof(From));
  for (auto [index, value] : llvm::enumerate(values)) {
    From element;
    std::memcpy(&element, data.data() + index * sizeof(From), sizeof(From));
    value = static_cast<To>(element);
  }
  return values;
}

std::optional<SmallVector<float>> lowbit::getFloats(Attribute attr) {
  if (auto dense = dyn_cast_or_null<DenseFPElementsAttr>(attr)) {
    if (!dense.getElementType().isF32())
      return std::nullopt;
    auto values = dense.getValues<float>();
    return SmallVector<float>(values.begin(), values.end());
  }
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(attr);
  if (!resource || !resource.getType().getElementType().isF32())
    return std::nullopt;
  if (auto data = getResourceData(resource, sizeof(float)))
    return convertElements<float, float>(*data);
  return std::nullopt;
}

std::optional<SmallVector<int64_t>> lowbit::getIntegers(Attribute attr) {
  if (auto dense = dyn_cast_or_null<DenseIntElementsAttr>(attr)) {
    SmallVector<int64_t> values;
    values.reserve(dense.getNumElements());
    for (const APInt &value : dense.getValues<APInt>())
      values.push_back(value.getSExtValue());
    return values;
  }
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(attr);
  if (!resource || !resource.getType().getElementType().isInteger())
    return std::nullopt;
  unsigned width = resource.getType().getElementTypeBitWidth();
  auto data = getResourceData(resource, width / 8);
  if (!data)
    return std::nullopt;
  switch (width) {
  case 8:
    return convertElements<int64_t, int8_t>(*data);
  case 16:
    return convertElements<int64_t, int16_t>(*data);
  case 32:
    return convertElements<int64_t, int32_t>(*data);
  case 64:
    return convertElements<int64_t, int64_t>(*data);
  default:
    return std::nullopt;
  }
}

std::optional<ArrayRef<uint8_t>>
lowbit::getBytes(Attribute attr, SmallVectorImpl<uint8_t> &storage) {
  auto elements = dyn_cast_or_null<ElementsAttr>(attr);
  if (!elements || !elements.getElementType().isInteger(8))
    return std::nullopt;
  ArrayRef<char> data;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr)) {
    auto found = getResourceData(resource, 1);
    if (!found)
      return std::nullopt;
    data = *found;
  } else if (auto dense = dyn_cast<DenseElementsAttr>(attr)) {
    data = dense.getRawData();
    if (dense.isSplat()) {
      storage.assign(dense.getNumElements(), static_cast<uint8_t>(data[0]));
      return ArrayRef<uint8_t>(storage);
    }
  } else {
    return std::nullopt;
  }
  return ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(data.data()),
                           data.size());
}

std::optional<SmallVector<float>> lowbit::getConstantFloats(Value value) {
  Attribute attr;
  if (!value || !matchPattern(value, m_Constant(&attr)))
    return std::nullopt;
  return getFloats(attr);
}

std::optional<SmallVector<int64_t>> lowbit::getConstantIntegers(Value value) {
  Attribute attr;
  if (!value || !matchPattern(value, m_Constant(&attr)))
    return std::nullopt;
  return getIntegers(attr);
}

DenseElementsAttr lowbit::createBytes(MLIRContext *context,
                                      ArrayRef<uint8_t> bytes) {
  auto type = RankedTensorType::get({static_cast<int64_t>(bytes.size())},
                                    IntegerType::get(context, 8));
  return DenseElementsAttr::getFromRawBuffer(
      type, ArrayRef<char>(reinterpret_cast<const char *>(bytes.data()),
                           bytes.size()));
}
