"""The layers of the demo network and its text as TOSA for MLIR 22."""

from typing import NamedTuple

import numpy as np


class Layer(NamedTuple):
    """A convolution; one with stride 2 pads below and at the right only."""

    name: str
    inputs: int
    outputs: int
    kernel: int
    stride: int

    @property
    def pad(self):
        """Padding in the order of TOSA: top, bottom, left, right."""
        if self.kernel == 1:
            return (0, 0, 0, 0)
        return (1, 1, 1, 1) if self.stride == 1 else (0, 1, 0, 1)


LAYERS = {
    layer.name: layer
    for layer in (
        Layer("conv1", 1, 16, 3, 1),
        Layer("conv2", 16, 24, 3, 2),
        Layer("block1.conv1", 24, 24, 3, 1),
        Layer("block1.conv2", 24, 24, 3, 1),
        Layer("conv3", 24, 32, 3, 2),
        Layer("conv4", 32, 32, 3, 1),
        Layer("dense", 32, 10, 1, 1),
    )
}


def tensor(shape):
    """The MLIR type of a float tensor."""
    return "tensor<" + "".join(f"{size}x" for size in shape) + "f32>"


class Writer:
    """Collects the operations of @main and the blobs of its weights."""

    def __init__(self, params):
        self.lines, self.blobs, self.shapes = [], [], {}
        for name, (weight, bias) in params.items():
            self.weight(f"{name}.weight", weight.permute(0, 2, 3, 1))
            values = ", ".join(f"{value:.9e}" for value in bias.tolist())
            self.const(f"{name}.bias", f"dense<[{values}]>", bias.shape)
        self.const("zero", "dense<0.0>", (1,))

    def op(self, name, text, operands, shape, loc=None):
        """One operation; its name is its location too."""
        self.shapes[name] = tuple(shape)
        types = ", ".join(tensor(self.shapes[operand]) for operand in operands)
        self.lines.append(
            f'%{name} = {text} : ({types}) -> {tensor(shape)} loc("{loc or name}")')

    def const(self, name, values, shape):
        """A tosa.const, which has the generic form only."""
        text = f'"tosa.const"() <{{values = {values} : {tensor(shape)}}}>'
        self.op(name, text, (), shape)

    def weight(self, name, values):
        """A constant as a resource: the alignment 64, then the raw floats."""
        raw = np.ascontiguousarray(values.numpy(), "<f4").tobytes()
        blob = (64).to_bytes(4, "little") + raw
        self.blobs.append(f'      {name}: "0x{blob.hex().upper()}"')
        self.const(name, f"dense_resource<{name}>", values.shape)

    def conv(self, name, x):
        """A convolution without its activation; returns the result's name."""
        layer = LAYERS[name]
        top, bottom, left, right = layer.pad
        n, height, width, _ = self.shapes[x]
        spread = [top + bottom - layer.kernel, left + right - layer.kernel]
        assert all((size + extra) % layer.stride == 0
                   for size, extra in zip((height, width), spread))
        size = [(side + extra) // layer.stride + 1
                for side, extra in zip((height, width), spread)]
        stride = f"{layer.stride}, {layer.stride}"
        text = (f"tosa.conv2d %{x}, %{name}.weight, %{name}.bias, %zero, %zero "
                f"{{acc_type = f32, dilation = array<i64: 1, 1>, "
                f"pad = array<i64: {top}, {bottom}, {left}, {right}>, "
                f"stride = array<i64: {stride}>}}")
        operands = (x, f"{name}.weight", f"{name}.bias", "zero", "zero")
        self.op(name, text, operands, (n, *size, layer.outputs))
        return name

    def relu(self, name, x):
        """A clamp below at zero."""
        text = f"tosa.clamp %{x} {{max_val = 3.40282347E+38 : f32, min_val = 0.0 : f32}}"
        self.op(f"{name}.relu", text, (x,), self.shapes[x])
        return f"{name}.relu"

    def add(self, name, x, y):
        """A sum of two tensors of the same shape."""
        self.op(name, f"tosa.add %{x}, %{y}", (x, y), self.shapes[x])
        return name

    def pool(self, name, x):
        """The mean over all pixels."""
        n, height, width, channels = self.shapes[x]
        text = (f"tosa.avg_pool2d %{x}, %zero, %zero {{acc_type = f32, "
                f"kernel = array<i64: {height}, {width}>, "
                f"pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}}")
        self.op(name, text, (x, "zero", "zero"), (n, 1, 1, channels))
        return name


MODULE = """\
// Handwritten digits, 28x28 pixels with values 0..255, to ten logits.
// Written by train.py; see README.md.
module @digits {{
  func.func @main(%image: tensor<1x28x28x1xf32> loc("image")) -> tensor<1x10xf32> {{
    {body}
    %shape = tosa.const_shape {{values = dense<[1, 10]> : tensor<2xindex>}} : () -> !tosa.shape<2>
    %logits = tosa.reshape %dense, %shape : (tensor<1x1x1x10xf32>, !tosa.shape<2>) -> tensor<1x10xf32> loc("logits")
    return %logits : tensor<1x10xf32>
  }}
}}

{{-#
  dialect_resources: {{
    builtin: {{
{blobs}
    }}
  }}
#-}}
"""


def to_tosa(params):
    """The folded network as the text of a TOSA module."""
    writer = Writer(params)
    conv, relu = writer.conv, writer.relu
    writer.shapes["image"] = (1, 28, 28, 1)
    x = relu("conv1", conv("conv1", "image"))
    x = relu("conv2", conv("conv2", x))
    y = conv("block1.conv2", relu("block1.conv1", conv("block1.conv1", x)))
    x = relu("block1", writer.add("block1.add", x, y))
    x = relu("conv3", conv("conv3", x))
    x = relu("conv4", conv("conv4", x))
    conv("dense", writer.pool("pool", x))
    return MODULE.format(body="\n    ".join(writer.lines), blobs=",\n".join(writer.blobs))
