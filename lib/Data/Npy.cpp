//===- Npy.cpp - numpy's array files --------------------------------------===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

#include "llvm/Support/Endian.h"

using namespace llvm;
using namespace lowbit::data;

namespace {

/// An element type: how to convert elements from file bytes of any alignment.
struct ElementType {
  StringLiteral name;
  size_t bytes;
  void (*toFloats)(const char *from, MutableArrayRef<float> out);
  /// nullptr for types that are no integers.
  int64_t (*toInteger)(const char *from);
};

struct Header {
  StringRef descr;
  bool fortranOrder = false;
  Shape shape;
};

/// Parses the header, a Python dictionary literal of three entries.
class HeaderParser {
public:
  explicit HeaderParser(StringRef text) : rest(text) {}

  std::optional<Header> parse() {
    if (!consume("{"))
      return std::nullopt;
    while (!consume("}")) {
      if (!parseEntry() || (!consume(",") && !peek("}")))
        return std::nullopt;
    }
    if (!rest.trim().empty() || !sawDescr || !sawOrder || !sawShape)
      return std::nullopt;
    return header;
  }

private:
  bool peek(StringRef token) {
    rest = rest.ltrim();
    return rest.starts_with(token);
  }

  bool consume(StringRef token) {
    rest = rest.ltrim();
    return rest.consume_front(token);
  }

  std::optional<StringRef> parseString() {
    StringRef quote = peek("\"") ? "\"" : "'";
    if (!consume(quote) || !rest.contains(quote))
      return std::nullopt;
    auto [text, after] = rest.split(quote);
    rest = after;
    return text;
  }

  bool parseEntry() {
    std::optional<StringRef> key = parseString();
    if (!key || !consume(":"))
      return false;
    if (*key == "descr")
      return parseDescr();
    if (*key == "fortran_order")
      return parseOrder();
    return *key == "shape" && parseShape();
  }

  bool parseDescr() {
    if (peek("[")) {
      // A structured type: kept as text for the message that refuses it.
      header.descr = rest.take_until([](char c) { return c == ']'; });
      rest = rest.drop_front(header.descr.size());
      return sawDescr = consume("]");
    }
    std::optional<StringRef> text = parseString();
    header.descr = text.value_or("");
    return sawDescr = text.has_value();
  }

  bool parseOrder() {
    header.fortranOrder = consume("True");
    return sawOrder = header.fortranOrder || consume("False");
  }

  bool parseShape() {
    header.shape.clear();
    if (!consume("("))
      return false;
    while (!consume(")")) {
      int64_t size = 0;
      rest = rest.ltrim();
      if (rest.consumeInteger(10, size) || size < 0)
        return false;
      header.shape.push_back(size);
      if (!consume(",") && !peek(")"))
        return false;
    }
    return sawShape = true;
  }

  StringRef rest;
  Header header;
  bool sawDescr = false, sawOrder = false, sawShape = false;
};

struct NpyArray {
  std::unique_ptr<MemoryBuffer> buffer;
  const ElementType *type = nullptr;
  Shape shape;
  StringRef elements;
};

class NpyDataset : public DatasetBase {
public:
  NpyDataset(StringRef spec, Shape shape, size_t count,
             std::vector<int32_t> labels, NpyArray samples)
      : DatasetBase(spec, std::move(shape), count, std::move(labels)),
        samples(std::move(samples)) {}

  void read(size_t index, MutableArrayRef<float> out) const override {
    size_t bytes = out.size() * samples.type->bytes;
    samples.type->toFloats(samples.elements.data() + index * bytes, out);
  }

private:
  NpyArray samples;
};

} // namespace

template <typename T> static T readElement(const char *from) {
  return support::endian::read<T>(from, endianness::little);
}

template <typename T>
static void toFloats(const char *from, MutableArrayRef<float> out) {
  for (float &value : out) {
    value = static_cast<float>(readElement<T>(from));
    from += sizeof(T);
  }
}

template <typename T> static int64_t toInteger(const char *from) {
  return readElement<T>(from);
}

static const ElementType elementTypes[] = {
    {"u1", 1, toFloats<uint8_t>, toInteger<uint8_t>},
    {"i1", 1, toFloats<int8_t>, toInteger<int8_t>},
    {"u2", 2, toFloats<uint16_t>, toInteger<uint16_t>},
    {"i2", 2, toFloats<int16_t>, toInteger<int16_t>},
    {"u4", 4, toFloats<uint32_t>, toInteger<uint32_t>},
    {"i4", 4, toFloats<int32_t>, toInteger<int32_t>},
    {"i8", 8, toFloats<int64_t>, toInteger<int64_t>},
    {"f4", 4, toFloats<float>, nullptr},
    {"f8", 8, toFloats<double>, nullptr},
};

static Expected<const ElementType *> findType(StringRef path, StringRef descr) {
  if (descr.starts_with(">"))
    return fail("'" + path + "' has big-endian elements, '" + descr +
                "'; save x.astype(x.dtype.newbyteorder('<'))");
  StringRef name = descr;
  if (name.consume_front("<") || name.consume_front("|"))
    for (const ElementType &type : elementTypes)
      if (type.name == name)
        return &type;
  return fail("'" + path + "' has elements of dtype '" + descr +
              "'; u1, i1, u2, i2, u4, i4, i8, f4 and f8 are read, save for "
              "instance x.astype('<f4')");
}

/// Splits a file into the text of its header and its elements.
static Expected<std::pair<StringRef, StringRef>> splitFile(StringRef path,
                                                           StringRef bytes) {
  if (!bytes.consume_front("\x93NUMPY"))
    return fail("'" + path +
                "' does not start like an npy file; save it with numpy.save");
  auto truncated = [&] {
    return fail("'" + path + "' ends inside its npy header; it is truncated");
  };
  if (bytes.size() < 2)
    return truncated();
  unsigned major = bytes.bytes_begin()[0], minor = bytes.bytes_begin()[1];
  if ((major != 1 && major != 2) || minor != 0)
    return fail("'" + path + "' has npy version " + Twine(major) + "." +
                Twine(minor) +
                "; versions 1.0 and 2.0 are read, save a plain array with "
                "numpy.save");
  bytes = bytes.drop_front(2);
  size_t lengthBytes = major == 1 ? 2 : 4;
  if (bytes.size() < lengthBytes)
    return truncated();
  size_t length = major == 1 ? support::endian::read16le(bytes.data())
                             : support::endian::read32le(bytes.data());
  bytes = bytes.drop_front(lengthBytes);
  if (length > bytes.size())
    return truncated();
  return std::pair(bytes.take_front(length), bytes.drop_front(length));
}

static Expected<NpyArray> openArray(StringRef path) {
  NpyArray array;
  if (Error error = openFile(path).moveInto(array.buffer))
    return error;
  Expected<std::pair<StringRef, StringRef>> parts =
      splitFile(path, array.buffer->getBuffer());
  if (!parts)
    return parts.takeError();
  array.elements = parts->second;
  std::optional<Header> header = HeaderParser(parts->first).parse();
  if (!header)
    return fail("'" + path +
                "' has an npy header that cannot be understood; save it with "
                "numpy.save");
  if (Error error = findType(path, header->descr).moveInto(array.type))
    return error;
  if (header->fortranOrder)
    return fail("'" + path +
                "' is in Fortran order; save numpy.ascontiguousarray(x)");
  array.shape = header->shape;
  Shape withBytes = array.shape;
  withBytes.push_back(array.type->bytes);
  std::optional<int64_t> bytes = elementCount(withBytes);
  if (!bytes)
    return fail("'" + path + "' claims an impossible size of " +
                shapeText(array.shape) + "; save it with numpy.save");
  if (static_cast<size_t>(*bytes) != array.elements.size())
    return fail("'" + path + "' has " + Twine(array.elements.size()) +
                " bytes of elements, its npy header says " +
                shapeText(array.shape) + ", " + Twine(*bytes) +
                " bytes; it is truncated or changed, save it again");
  return array;
}

static Error checkSamples(StringRef path, ArrayRef<int64_t> shape) {
  if (shape.size() < 2)
    return fail("'" + path + "' has shape " + shapeText(shape) +
                ", samples need a first dimension that counts them; save for "
                "instance x[None] for one sample");
  if (is_contained(shape, 0))
    return fail("'" + path + "' has shape " + shapeText(shape) +
                ", no samples; at least one is needed");
  return Error::success();
}

static Expected<std::vector<int32_t>> readLabels(StringRef path,
                                                 int64_t samples, size_t kept) {
  Expected<NpyArray> array = openArray(path);
  if (!array)
    return array.takeError();
  if (array->shape.size() != 1 || array->shape[0] != samples)
    return fail("'" + path + "' has shape " + shapeText(array->shape) +
                ", one label for each of " + Twine(samples) +
                " samples is expected, shape " + Twine(samples));
  if (!array->type->toInteger)
    return fail("'" + path + "' has labels of dtype '" + array->type->name +
                "', labels are integers; save y.astype('<i4')");
  std::vector<int32_t> labels(kept);
  for (size_t i = 0; i < kept; ++i) {
    int64_t label =
        array->type->toInteger(array->elements.data() + i * array->type->bytes);
    if (label < 0 || label > INT32_MAX)
      return fail("label " + Twine(i) + " of '" + path + "' is " +
                  Twine(label) + "; labels are from 0 to 2147483647");
    labels[i] = label;
  }
  return labels;
}

DatasetOrError lowbit::data::openNpy(StringRef spec, StringRef files,
                                     Limit limit) {
  auto [samplesPath, labelsPath] = files.split(',');
  if (samplesPath.empty() || (labelsPath.empty() && files.contains(',')))
    return fail("data '" + spec +
                "' must name one or two files; the form is npy:X[,Y]");
  Expected<NpyArray> samples = openArray(samplesPath);
  if (!samples)
    return samples.takeError();
  if (Error error = checkSamples(samplesPath, samples->shape))
    return error;
  int64_t count = samples->shape[0];
  size_t kept = keptCount(count, limit);
  std::vector<int32_t> labels;
  if (!labelsPath.empty())
    if (Error error = readLabels(labelsPath, count, kept).moveInto(labels))
      return error;
  Shape shape(ArrayRef(samples->shape).drop_front());
  return std::make_unique<NpyDataset>(spec, std::move(shape), kept,
                                      std::move(labels), std::move(*samples));
}
