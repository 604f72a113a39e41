"""FastConformer as NeMo builds it, written down as a graph of ONNX with random weights.

What a network costs depends on its shape alone. Each block is half a feed-forward layer, attention with
relative positions (Dai et al., Transformer-XL, 2019), convolution and the other half; the normalisation of
the convolution is folded into its weights, as exporting does. Pointwise convolutions are matrix products.
Weights are called what transcribe.cpp calls them, so that whoever wants them in another layout finds them.
"""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

BANDS, WIDTH, HEADS, LAYERS = 128, 1024, 8, 24
CHANNELS, KERNEL, SUBSAMPLING = 256, 9, 8
LONGEST = 512  # encoded frames: 41 s
OPSET, IR_VERSION = 18, 8


class Graph:
    """A graph that grows node by node; values are known by their names."""

    def __init__(self, seed, quantised=False):
        self.nodes, self.weights, self.quantised = [], [], quantised
        self._chance = np.random.default_rng(seed)

    def add(self, kind, *inputs, outputs=1, names=None, **attributes):
        names = names or [f"value_{len(self.nodes)}_{place}" for place in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if len(names) == 1 else names

    def constant(self, array, name=None):
        name = name or f"constant_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def random(self, *shape, size=None):
        """Normal numbers, as large as keeps the values that come out as large as those that go in."""
        numbers = self._chance.standard_normal(shape, np.float32)
        numbers *= np.float32(size if size is not None else np.prod(shape[:-1]) ** -0.5)
        return numbers

    def linear(self, value, width_in, width_out, name, bias=True, size=None):
        weights = self.random(width_in, width_out, size=size)
        if self.quantised:
            out = self._product_of_small_numbers(value, weights, name)
        else:
            out = self.add("MatMul", value, self.constant(weights, f"{name}.weight"))
        return self.add("Add", out, self.constant(self.random(width_out, size=0.01), f"{name}.bias")) if bias else out

    def _product_of_small_numbers(self, value, weights, name):
        """As ONNX Runtime's dynamic quantisation writes it: the scale of the values is found anew each time."""
        scale = np.abs(weights).max() / np.float32(127)
        small, value_scale, zero = self.add("DynamicQuantizeLinear", value, outputs=3)
        weights = self.constant(np.round(weights / scale).astype(np.int8), f"{name}.weight")
        product = self.add("MatMulInteger", small, weights, zero, self.constant(np.int8(0)))
        both = self.add("Mul", value_scale, self.constant(scale, f"{name}.scale"))
        return self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), both)

    def norm(self, value, width, name):
        ones = self.constant(np.ones(width, np.float32), f"{name}.weight")
        zeros = self.constant(np.zeros(width, np.float32), f"{name}.bias")
        return self.add("LayerNormalization", value, ones, zeros, axis=-1)

    def whole(self, *numbers):
        return self.constant(np.array(numbers, np.int64))

    def size(self, value, axis):
        return self.add("Shape", value, start=axis, end=axis + 1)

    def swish(self, value):
        return self.add("Mul", value, self.add("Sigmoid", value))

    def model(self, name, inputs, outputs):
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)


def encoder(layers=LAYERS, quantised=False):
    """audio_signal [batch, bands, frames] and length -> outputs [batch, WIDTH, frames / 8] and encoded_lengths."""
    graph = Graph(1, quantised)
    value = graph.add("Unsqueeze", graph.add("Transpose", "audio_signal", perm=[0, 2, 1]), graph.whole(1))
    value = _subsampled(graph, value)
    last = graph.add("Div", graph.add("Sub", "length", graph.whole(1)), graph.whole(SUBSAMPLING))
    graph.add("Add", last, graph.whole(1), names=["encoded_lengths"])
    frames = graph.size(value, 1)
    places = graph.add("Range", graph.constant(np.int64(0)), graph.add("Squeeze", frames), graph.constant(np.int64(1)))
    heard = graph.add("Less", places, graph.add("Unsqueeze", "encoded_lengths", graph.whole(1)))
    positions = _positions(graph, frames)
    deaf = graph.add("Where", heard, graph.constant(np.float32(0)), graph.constant(np.float32(-1e4)))
    deaf = graph.add("Unsqueeze", deaf, graph.whole(1, 2))
    heard = graph.add("Cast", graph.add("Unsqueeze", heard, graph.whole(2)), to=TensorProto.FLOAT)
    for layer in range(layers):
        value = _block(graph, value, positions, deaf, heard, f"enc.blocks.{layer}")
    graph.add("Transpose", value, perm=[0, 2, 1], names=["outputs"])
    info, floats, whole = helper.make_tensor_value_info, TensorProto.FLOAT, TensorProto.INT64
    inputs = [info("audio_signal", floats, ["batch", BANDS, "frames"]), info("length", whole, ["batch"])]
    outputs = [info("outputs", floats, ["batch", WIDTH, "encoded"]), info("encoded_lengths", whole, ["batch"])]
    return graph.model("encoder", inputs, outputs)


def _subsampled(graph, value):
    halved = {"strides": [2, 2], "pads": [1, 1, 1, 1]}
    # The numbers between belong to what has no weights.
    value = _convolved(graph, value, (CHANNELS, 1, 3, 3), "enc.pre_encode.conv.0", **halved)
    for place in (2, 5):
        value = graph.add("Relu", value)
        value = _convolved(graph, value, (CHANNELS, 1, 3, 3), f"enc.pre_encode.conv.{place}", group=CHANNELS, **halved)
        value = _convolved(graph, value, (CHANNELS, CHANNELS, 1, 1), f"enc.pre_encode.conv.{place + 1}")
    depth = CHANNELS * BANDS // SUBSAMPLING
    value = graph.add("Transpose", graph.add("Relu", value), perm=[0, 2, 1, 3])
    return graph.linear(graph.add("Reshape", value, graph.whole(0, 0, depth)), depth, WIDTH, "enc.pre_encode.out")


def _convolved(graph, value, shape, name, **how):
    weights = graph.constant(graph.random(*shape, size=np.prod(shape[1:]) ** -0.5), f"{name}.weight")
    return graph.add("Conv", value, weights, graph.constant(np.zeros(shape[0], np.float32), f"{name}.bias"), **how)


def _positions(graph, frames):
    """Sines and cosines of every distance between two frames, the farthest ahead first."""
    distances = np.arange(LONGEST - 1, -LONGEST, -1)[:, None]
    angles = distances * np.exp(np.arange(0, WIDTH, 2) * (-np.log(10_000) / WIDTH))
    table = graph.constant(np.stack([np.sin(angles), np.cos(angles)], 2).reshape(-1, WIDTH).astype(np.float32))
    first, last = graph.add("Sub", graph.whole(LONGEST), frames), graph.add("Add", graph.whole(LONGEST - 1), frames)
    return graph.add("Unsqueeze", graph.add("Slice", table, first, last, graph.whole(0)), graph.whole(0))


def _block(graph, value, positions, deaf, heard, name):
    value = graph.add("Add", value, _fed_forward(graph, value, name, 1))
    value = graph.add("Add", value, _attended(graph, graph.norm(value, WIDTH, f"{name}.norm_attn"), positions, deaf, f"{name}.attn"))
    value = graph.add("Add", value, _convolved_in_time(graph, graph.norm(value, WIDTH, f"{name}.norm_conv"), heard, f"{name}.conv"))
    value = graph.add("Add", value, _fed_forward(graph, value, name, 2))
    return graph.norm(value, WIDTH, f"{name}.norm_out")


def _fed_forward(graph, value, name, half):
    value = graph.norm(value, WIDTH, f"{name}.norm_ff{half}")
    wide = graph.swish(graph.linear(value, WIDTH, 4 * WIDTH, f"{name}.ff{half}.linear1"))
    return graph.add("Mul", graph.linear(wide, 4 * WIDTH, WIDTH, f"{name}.ff{half}.linear2"), graph.constant(np.float32(0.5)))


def _attended(graph, value, positions, deaf, name):
    depth = WIDTH // HEADS
    split = graph.whole(0, 0, HEADS, depth)
    query, key, values = (graph.add("Reshape", graph.linear(value, WIDTH, WIDTH, f"{name}.linear_{part}"), split) for part in "qkv")
    key, values = graph.add("Transpose", key, perm=[0, 2, 3, 1]), graph.add("Transpose", values, perm=[0, 2, 1, 3])
    place = graph.linear(positions, WIDTH, WIDTH, f"{name}.linear_pos", bias=False)
    place = graph.add("Transpose", graph.add("Reshape", place, split), perm=[0, 2, 3, 1])
    biases = (graph.constant(graph.random(HEADS, depth, size=0.1), f"{name}.pos_bias_{part}") for part in "uv")
    by_sound, by_place = (graph.add("Transpose", graph.add("Add", query, bias), perm=[0, 2, 1, 3]) for bias in biases)
    likings = graph.add("Add", graph.add("MatMul", by_sound, key), _shifted(graph, graph.add("MatMul", by_place, place)))
    likings = graph.add("Add", graph.add("Mul", likings, graph.constant(np.float32(depth**-0.5))), deaf)
    mixed = graph.add("MatMul", graph.add("Softmax", likings, axis=-1), values)
    mixed = graph.add("Reshape", graph.add("Transpose", mixed, perm=[0, 2, 1, 3]), graph.whole(0, 0, WIDTH))
    return graph.linear(mixed, WIDTH, WIDTH, f"{name}.linear_out")


def _shifted(graph, likings):
    """[batch, heads, frames, distances] -> [batch, heads, frames, frames]: each row one place further than the one before."""
    frames = graph.size(likings, 2)
    wider = graph.add("Pad", likings, graph.whole(0, 0, 0, 1, 0, 0, 0, 0))
    shape = graph.add("Concat", graph.whole(0, 0, -1), frames, axis=0)
    rows = graph.add("Slice", graph.add("Reshape", wider, shape), graph.whole(1), graph.whole(2**31), graph.whole(2))
    back = graph.add("Reshape", rows, graph.add("Shape", likings))
    return graph.add("Slice", back, graph.whole(0), frames, graph.whole(3))


def _convolved_in_time(graph, value, heard, name):
    gated = graph.linear(value, WIDTH, 2 * WIDTH, f"{name}.pointwise1")
    first, second = graph.add("Split", gated, outputs=2, axis=2, num_outputs=2)
    value = graph.add("Mul", graph.add("Mul", first, graph.add("Sigmoid", second)), heard)
    value = graph.add("Transpose", value, perm=[0, 2, 1])
    value = _convolved(graph, value, (WIDTH, 1, KERNEL), f"{name}.depthwise", pads=[KERNEL // 2] * 2, group=WIDTH)
    return graph.linear(graph.swish(graph.add("Transpose", value, perm=[0, 2, 1])), WIDTH, WIDTH, f"{name}.pointwise2")
