"""Writes small networks of many layer kinds, with weights that a seed makes up.

    make-networks.py FOLDER     writes FOLDER/NAME.mlir for each of them

Every network reads an image of 7x9x4.
"""

import pathlib
import random
import sys


class Network:
    """One function, built operation by operation. Values are (name, shape)."""

    def __init__(self, name):
        self.random = random.Random(name)
        self.name = name
        self.lines = []
        self.count = 0
        self.input = ("%x", [1, 7, 9, 4])
        self.zero = self.constant([1], [0.0])

    def emit(self, op, shape):
        self.count += 1
        self.lines.append(f"  %{self.count} = {op}")
        return (f"%{self.count}", shape)

    def constant(self, shape, values):
        text = nested(values, shape)
        return self.emit(f'"tosa.const"() <{{values = dense<{text}> : {tensor(shape)}}}> : () -> {tensor(shape)}', shape)

    def weights(self, shape):
        size = 1
        for n in shape:
            size *= n
        return self.constant(shape, [self.random.randint(-40, 40) / 40 for _ in range(size)])

    def sizes(self, values):
        n = len(values)
        self.count += 1
        self.lines.append(f"  %{self.count} = tosa.const_shape {{values = dense<{values}> : tensor<{n}xindex>}} : () -> !tosa.shape<{n}>")
        return (f"%{self.count}", n)

    def windowed(self, x, kernel, pad, stride, dilation, channels):
        _, (n, h, w, _) = x
        def size(length, k, before, after, s, d):
            span = length - 1 + before + after - (k - 1) * d
            assert span % s == 0, "TOSA allows no unused rows"
            return span // s + 1
        return [n, size(h, kernel[0], pad[0], pad[1], stride[0], dilation[0]),
                size(w, kernel[1], pad[2], pad[3], stride[1], dilation[1]), channels]

    def conv(self, x, channels, kernel=(3, 3), pad=(1, 1, 1, 1), stride=(1, 1), dilation=(1, 1), relu=True):
        shape = self.windowed(x, kernel, pad, stride, dilation, channels)
        w = self.weights([channels, *kernel, x[1][3]])
        b = self.weights([channels])
        y = self.layer("conv2d", x, w, b, pad, stride, dilation, shape)
        return self.relu(y) if relu else y

    def depthwise(self, x, multiplier=1, kernel=(3, 3), pad=(1, 1, 1, 1), stride=(1, 1), dilation=(1, 1)):
        channels = x[1][3]
        shape = self.windowed(x, kernel, pad, stride, dilation, channels * multiplier)
        w = self.weights([*kernel, channels, multiplier])
        b = self.weights([channels * multiplier])
        return self.relu(self.layer("depthwise_conv2d", x, w, b, pad, stride, dilation, shape))

    def layer(self, kind, x, w, b, pad, stride, dilation, shape):
        z = self.zero[0]
        return self.emit(
            f"tosa.{kind} {x[0]}, {w[0]}, {b[0]}, {z}, {z} {{acc_type = f32, dilation = {array(dilation)}, "
            f"pad = {array(pad)}, stride = {array(stride)}}} : ({tensor(x[1])}, {tensor(w[1])}, {tensor(b[1])}, "
            f"tensor<1xf32>, tensor<1xf32>) -> {tensor(shape)}", shape)

    def transpose_conv(self, x, channels):
        n, h, w, c = x[1]
        shape = [n, 2 * h, 2 * w, channels]
        weight, b, z = self.weights([channels, 2, 2, c]), self.weights([channels]), self.zero[0]
        return self.emit(
            f"tosa.transpose_conv2d {x[0]}, {weight[0]}, {b[0]}, {z}, {z} {{acc_type = f32, out_pad = {array([0] * 4)}, "
            f"stride = {array([2, 2])}}} : ({tensor(x[1])}, {tensor(weight[1])}, {tensor(b[1])}, tensor<1xf32>, "
            f"tensor<1xf32>) -> {tensor(shape)}", shape)

    def matmul(self, x, columns):
        w, z = self.weights([1, x[1][2], columns]), self.zero[0]
        shape = [1, x[1][1], columns]
        return self.emit(f"tosa.matmul {x[0]}, {w[0]}, {z}, {z} : ({tensor(x[1])}, {tensor(w[1])}, tensor<1xf32>, "
                         f"tensor<1xf32>) -> {tensor(shape)}", shape)

    def unary(self, op, x, shape=None):
        shape = shape or x[1]
        name, _, attributes = op.partition(" ")
        return self.emit(f"tosa.{name} {x[0]} {attributes} : ({tensor(x[1])}) -> {tensor(shape)}", shape)

    def relu(self, x):
        return self.unary("clamp {max_val = 6.0 : f32, min_val = 0.0 : f32}", x)

    def binary(self, op, x, y):
        shape = [max(a, b) for a, b in zip(x[1], y[1])]
        return self.emit(f"tosa.{op} {x[0]}, {y[0]} : ({tensor(x[1])}, {tensor(y[1])}) -> {tensor(shape)}", shape)

    def scale(self, x, factor):
        c, shift = self.constant([1] * len(x[1]), [factor]), self.shift()
        return self.emit(f"tosa.mul {x[0]}, {c[0]}, {shift} : ({tensor(x[1])}, {tensor(c[1])}, tensor<1xi8>) -> {tensor(x[1])}", x[1])

    def shift(self):
        return self.emit('"tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>', [1])[0]

    def reduce(self, op, x, axis):
        shape = list(x[1])
        shape[axis] = 1
        return self.unary(f"{op} {{axis = {axis} : i32}}", x, shape)

    def max_pool(self, x, kernel=(2, 2), pad=(0, 0, 0, 0), stride=(1, 1)):
        shape = self.windowed(x, kernel, pad, stride, (1, 1), x[1][3])
        return self.unary(f"max_pool2d {{kernel = {array(kernel)}, pad = {array(pad)}, stride = {array(stride)}}}", x, shape)

    def average(self, x, kernel=(2, 2), pad=(0, 0, 0, 0), stride=(1, 1)):
        shape, z = self.windowed(x, kernel, pad, stride, (1, 1), x[1][3]), self.zero[0]
        return self.emit(f"tosa.avg_pool2d {x[0]}, {z}, {z} {{acc_type = f32, kernel = {array(kernel)}, pad = {array(pad)}, "
                         f"stride = {array(stride)}}} : ({tensor(x[1])}, tensor<1xf32>, tensor<1xf32>) -> {tensor(shape)}", shape)

    def concat(self, axis, *xs):
        shape = list(xs[0][1])
        shape[axis] = sum(x[1][axis] for x in xs)
        return self.emit(f"tosa.concat {', '.join(x[0] for x in xs)} {{axis = {axis} : i32}} : "
                         f"({', '.join(tensor(x[1]) for x in xs)}) -> {tensor(shape)}", shape)

    def slice(self, x, start, shape):
        a, b = self.sizes(start), self.sizes(shape)
        n = len(shape)
        return self.emit(f"tosa.slice {x[0]}, {a[0]}, {b[0]} : ({tensor(x[1])}, !tosa.shape<{n}>, !tosa.shape<{n}>) -> {tensor(shape)}", shape)

    def channels(self, x, first, count):
        return self.slice(x, [0, 0, 0, first], [*x[1][:3], count])

    def reshape(self, x, shape):
        s = self.sizes(shape)
        return self.emit(f"tosa.reshape {x[0]}, {s[0]} : ({tensor(x[1])}, !tosa.shape<{len(shape)}>) -> {tensor(shape)}", shape)

    def transpose(self, x, perms):
        shape = [x[1][p] for p in perms]
        return self.unary(f"transpose {{perms = array<i32: {', '.join(map(str, perms))}>}}", x, shape)

    def pad(self, x, widths, value):
        s, c = self.sizes(widths), self.constant([1], [value])
        shape = [n + widths[2 * i] + widths[2 * i + 1] for i, n in enumerate(x[1])]
        return self.emit(f"tosa.pad {x[0]}, {s[0]}, {c[0]} : ({tensor(x[1])}, !tosa.shape<{len(widths)}>, tensor<1xf32>) -> {tensor(shape)}", shape)

    def resize(self, x):
        n, h, w, c = x[1]
        scale, offset, border = self.sizes([4, 2, 4, 2]), self.sizes([0, 0]), self.sizes([2, 2])
        shape = [n, 2 * h, 2 * w, c]
        return self.emit(f"tosa.resize {x[0]}, {scale[0]}, {offset[0]}, {border[0]} {{mode = NEAREST_NEIGHBOR}} : ({tensor(x[1])}, "
                         f"!tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> {tensor(shape)}", shape)

    def write(self, folder, *results):
        names = ", ".join(r[0] for r in results)
        types = ", ".join(tensor(r[1]) for r in results)
        body = "\n".join(self.lines)
        text = f"func.func @main(%x: {tensor(self.input[1])}) -> ({types}) {{\n{body}\n  return {names} : {types}\n}}\n"
        (folder / f"{self.name}.mlir").write_text(text)


def nested(values, shape):
    if len(shape) == 1:
        return "[" + ", ".join(repr(float(v)).replace("e+", "E+") for v in values) + "]"
    step = len(values) // shape[0]
    return "[" + ", ".join(nested(values[i * step:(i + 1) * step], shape[1:]) for i in range(shape[0])) + "]"


def tensor(shape):
    return f"tensor<{'x'.join(map(str, shape))}xf32>"


def array(values):
    return f"array<i64: {', '.join(map(str, values))}>"


def several_results(folder):
    """Two layers on the network's input, and three results at different depths."""
    n = Network("several-results")
    a, b = n.conv(n.input, 3), n.conv(n.input, 5, kernel=(1, 1), pad=(0, 0, 0, 0))
    c, d = n.conv(a, 4), n.conv(a, 4, relu=False)
    n.write(folder, n.binary("add", c, d), b, a)


def concats(folder):
    """Branches that a concat joins, one of them joined with itself, and again behind it."""
    n = Network("concats")
    stem = n.conv(n.input, 4)
    one = n.conv(stem, 3, kernel=(1, 1), pad=(0, 0, 0, 0))
    pooled = n.max_pool(stem, kernel=(3, 3), pad=(1, 1, 1, 1))
    joined = n.concat(3, one, pooled, one)
    y = n.conv(joined, 4)
    z = n.concat(1, y, stem, n.conv(joined, 4, relu=False))
    n.write(folder, n.conv(z, 2))


def shuffle(folder):
    """Grouped convolutions as slices, channel shuffles in both spellings, depthwise layers."""
    n = Network("shuffle")
    x = n.conv(n.input, 8)
    x = n.concat(3, n.conv(n.channels(x, 0, 4), 4), n.conv(n.channels(x, 4, 4), 4))
    x = n.concat(3, *[n.channels(x, c, 1) for c in (0, 4, 1, 5, 2, 6, 3, 7)])
    x = n.depthwise(x, multiplier=2, kernel=(3, 2), pad=(1, 1, 0, 1))
    h, w = x[1][1:3]
    x = n.reshape(n.transpose(n.reshape(x, [1, h, w, 4, 4]), [0, 1, 2, 4, 3]), [1, h, w, 16])
    x = n.depthwise(x, kernel=(3, 3), pad=(2, 2, 2, 2), stride=(2, 2), dilation=(2, 2))
    n.write(folder, n.conv(x, 3, kernel=(1, 1), pad=(0, 0, 0, 0), relu=False))


def float_between(folder):
    """What has no integer form stands between layers that have one."""
    n = Network("float-between")
    x = n.unary("sigmoid", n.conv(n.input, 4, relu=False))
    x = n.resize(n.conv(x, 4))
    x = n.transpose_conv(n.conv(x, 2), 3)
    x = n.average(n.conv(x, 4), kernel=(3, 3), pad=(1, 1, 1, 1))
    n.write(folder, n.unary("sigmoid", n.conv(x, 2)))


def reductions(folder):
    """Global pools as reductions, dense layers behind them, and a softmax."""
    n = Network("reductions")
    x = n.conv(n.input, 6)
    mean = n.scale(n.reduce("reduce_sum", n.reduce("reduce_sum", x, 1), 2), 1 / 63)
    most = n.reduce("reduce_max", n.reduce("reduce_max", x, 2), 1)
    rows = n.conv(n.reduce("reduce_sum", x, 2), 6, kernel=(1, 1), pad=(0, 0, 0, 0))
    dense = n.reshape(n.concat(3, mean, most, n.average(rows, kernel=(7, 1))), [1, 1, 18])
    dense = n.relu(n.reshape(n.matmul(dense, 8), [1, 8]))
    logits = n.matmul(n.reshape(dense, [1, 1, 8]), 3)
    exps = n.unary("exp", n.binary("sub", logits, n.reduce("reduce_max", logits, 2)))
    total = n.unary("reciprocal", n.reduce("reduce_sum", exps, 2))
    shift = n.shift()
    n.write(folder, n.emit(f"tosa.mul {exps[0]}, {total[0]}, {shift} : ({tensor(exps[1])}, {tensor(total[1])}, tensor<1xi8>) -> {tensor(exps[1])}", exps[1]))


def pads(folder):
    """Explicit pads, of 0 and of other numbers; odd windows; one channel."""
    n = Network("pads")
    x = n.conv(n.pad(n.input, [0, 0, 1, 2, 0, 3, 0, 0], 0.0), 5, kernel=(3, 4), pad=(0, 0, 0, 0), stride=(1, 2))
    x = n.conv(n.pad(x, [0, 0, 1, 1, 1, 1, 0, 0], 0.75), 1, pad=(0, 0, 0, 0))
    x = n.conv(x, 3, kernel=(2, 3), pad=(2, 0, 1, 3), dilation=(2, 2))
    x = n.max_pool(n.pad(x, [0, 0, 1, 0, 0, 1, 0, 0], -3.4028235e38), kernel=(2, 2))
    n.write(folder, n.conv(n.pad(x, [0, 0, 0, 0, 0, 0, 1, 2], 0.0), 2, kernel=(1, 1), pad=(0, 0, 0, 0)))


def channels_first(folder):
    """As exporters of channels-first frameworks write it, with a residual add."""
    n = Network("channels-first")
    last, first = [0, 2, 3, 1], [0, 3, 1, 2]
    x = n.transpose(n.input, first)
    a = n.relu(n.transpose(n.conv(n.transpose(x, last), 4, relu=False), first))
    b = n.transpose(n.conv(n.transpose(a, last), 4, relu=False), first)
    c = n.relu(n.binary("add", n.binary("add", b, n.weights([1, 4, 1, 1])), a))
    y = n.transpose(n.conv(n.transpose(c, last), 2, relu=False), first)
    n.write(folder, y)


def sequence(folder):
    """1-D convolutions: pictures of width 1."""
    n = Network("sequence")
    x = n.reshape(n.input, [1, 63, 1, 4])
    x = n.reshape(n.conv(x, 6, kernel=(5, 1), pad=(2, 2, 0, 0), stride=(2, 1), relu=False), [1, 32, 6])
    x = n.reshape(n.relu(x), [1, 32, 1, 6])
    x = n.max_pool(n.conv(x, 4, kernel=(3, 1), pad=(2, 0, 0, 0)), kernel=(2, 1), stride=(2, 1))
    n.write(folder, n.conv(x, 2, kernel=(1, 1), pad=(0, 0, 0, 0), relu=False))


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in (several_results, concats, shuffle, float_between, reductions, pads, channels_first, sequence):
        make(folder)


main()
