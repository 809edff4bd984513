"""Writes the student as ONNX: batch normalization and pixel scaling folded in, weights stored in eight bits."""
import copy

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

from data import STUDENT
from model import row


class Stored(nn.Module):
    """A convolution or linear layer whose weights are stored as int8, each output with its own scale, and used as float32."""

    def __init__(self, layer):
        super().__init__()
        weight = layer.weight.detach()
        scale = weight.abs().flatten(1).amax(1).clamp(min=1e-12) / 127
        scale = scale.view(-1, *[1] * (weight.dim() - 1))
        self.register_buffer("weight", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)
        self.register_buffer("bias", layer.bias.detach().clone())
        self.how = (layer.stride, layer.padding) if isinstance(layer, nn.Conv2d) else None

    def forward(self, x):
        weight = self.weight.float() * self.scale
        return F.conv2d(x, weight, self.bias, *self.how) if self.how else F.linear(x, weight, self.bias)


def folded(module):
    """The same network with batch normalization folded into its convolutions and weights rounded."""
    for name, child in module.named_children():
        if isinstance(child, nn.Sequential) and len(child) == 2 and isinstance(child[1], nn.BatchNorm2d):
            setattr(module, name, Stored(fuse_conv_bn_eval(child[0], child[1])))
        elif isinstance(child, nn.Linear):
            setattr(module, name, Stored(child))
        else:
            folded(child)
    return module


class Finished(nn.Module):
    """Pixels in, row out: what the ONNX file holds."""

    def __init__(self, net, class_weight):
        super().__init__()
        self.net, self.class_weight = net, class_weight

    def forward(self, image):
        general, logits = self.net(image)
        return row(general, logits, self.class_weight)


def write(net, class_weight, path):
    net = copy.deepcopy(net).to(memory_format=torch.contiguous_format).eval()
    finished = Finished(folded(net), class_weight).eval()
    torch.onnx.export(
        finished, torch.zeros(1, 3, STUDENT, STUDENT), str(path), opset_version=13, do_constant_folding=False,
        input_names=["image"], output_names=["embedding"],
        dynamic_axes={"image": {0: "N"}, "embedding": {0: "N"}})
    return finished
