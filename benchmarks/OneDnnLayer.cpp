//===- OneDnnLayer.cpp - The same layer in oneDNN -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "benchmarks/OneDnnLayer.h"

#include <algorithm>
#include <random>
#include <span>

using namespace lowbit::benchmarks;
using dnnl::memory;
using Type = memory::data_type;
using Tag = memory::format_tag;

static memory::dims getFilterSizes(const LayerShape &shape) {
  memory::dims sizes = {shape.outputs, shape.inputs, shape.filter,
                        shape.filter};
  if (shape.isDepthwise)
    sizes = {shape.groups(), 1, 1, shape.filter, shape.filter};
  return sizes;
}

static dnnl::primitive_attr getAttributes(const LayerShape &shape,
                                          bool isInt8) {
  dnnl::post_ops relu;
  relu.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
  dnnl::primitive_attr attributes;
  attributes.set_post_ops(relu);
  // The mask's second bit: a scale for each channel of the output.
  if (isInt8)
    attributes.set_output_scales(2, std::vector<float>(shape.outputs, 0.01f));
  return attributes;
}

static dnnl::convolution_forward::primitive_desc
describe(const LayerShape &shape, bool isInt8, const dnnl::engine &engine) {
  auto any = [](memory::dims sizes, Type type) {
    return memory::desc(sizes, type, Tag::any);
  };
  Type activations = isInt8 ? Type::u8 : Type::f32;
  memory::dims one = {1, 1}, pad = {shape.pad(), shape.pad()};
  dnnl::convolution_forward::desc convolution(
      dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_auto,
      any({1, shape.inputs, shape.size, shape.size}, activations),
      any(getFilterSizes(shape), isInt8 ? Type::s8 : Type::f32),
      any({shape.outputs}, isInt8 ? Type::s32 : Type::f32),
      any({1, shape.outputs, shape.size, shape.size}, activations), one, pad,
      pad);
  return {convolution, getAttributes(shape, isInt8), engine};
}

OneDnnLayer::OneDnnLayer(const LayerShape &shape, Kind kind)
    : engine(dnnl::engine::kind::cpu, 0), stream(engine) {
  auto description = describe(shape, kind == Kind::Int8, engine);
  bind(DNNL_ARG_SRC, description.src_desc());
  bind(DNNL_ARG_WEIGHTS, description.weights_desc());
  bind(DNNL_ARG_BIAS, description.bias_desc());
  bind(DNNL_ARG_DST, description.dst_desc());
  convolution = dnnl::convolution_forward(description);
  name = description.impl_info_str();
}

/// Memory for an argument, filled with small numbers.
void OneDnnLayer::bind(int argument, const memory::desc &description) {
  memory contents(description, engine);
  void *data = contents.get_data_handle();
  size_t bytes = description.get_size();
  std::mt19937 random;
  if (description.data_type() == Type::f32)
    for (float &element : std::span(static_cast<float *>(data), bytes / 4))
      element = static_cast<float>(random() % 256) / 128 - 1;
  else
    for (char &element : std::span(static_cast<char *>(data), bytes))
      element = static_cast<char>(random() % 4);
  arguments.emplace(argument, std::move(contents));
}
