"""The student: a plain convolutional network of 2.7 million weights with two heads."""
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import numpy_helper

ROW = 256  # numbers in the finished row


def conv(i, o, kernel, stride=1, padding=None):
    padding = kernel // 2 if padding is None else padding
    return nn.Sequential(nn.Conv2d(i, o, kernel, stride, padding, bias=False), nn.BatchNorm2d(o))


class Residual(nn.Module):
    """relu(x + conv 3x3(x)): one layer, one shortcut."""

    def __init__(self, channels):
        super().__init__()
        self.conv = conv(channels, channels, 3)

    def forward(self, x):
        return F.relu(x + self.conv(x))


class CompactNet(nn.Module):
    """Pictures float [N, 3, 128, 128], RGB 0..255, to (general [N, 256 - classes], logits [N, classes]).

    The first convolution has no padding, so that scaling the pixels folds into its weights exactly.
    """

    def __init__(self, classes):
        super().__init__()
        self.trunk = nn.Sequential(
            conv(3, 32, 5, 2, 0), nn.ReLU(inplace=True),     # 62 x 62
            conv(32, 48, 3, 2), nn.ReLU(inplace=True),       # 31 x 31
            conv(48, 96, 3, 2), nn.ReLU(inplace=True),       # 16 x 16
            Residual(96),
            conv(96, 192, 3, 2), nn.ReLU(inplace=True),      # 8 x 8
            Residual(192),
            Residual(192))
        self.squeeze = nn.Sequential(conv(192, 112, 1), nn.ReLU(inplace=True))
        self.general = nn.Linear(112 * 8 * 8, ROW - classes)
        self.classify = nn.Linear(2 * 192, classes)

    def forward(self, pixels):
        maps = self.trunk((pixels - 128) * (1 / 64))
        general = self.general(self.squeeze(maps).flatten(1))
        pooled = torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1)
        return general, self.classify(F.dropout(pooled, 0.2, self.training))


def row(general, logits, weight, temperature=1.0):
    """The finished row [N, 256]: the general part at length 1, then the classes' probabilities at the given weight."""
    return torch.cat([F.normalize(general.float()), weight * F.softmax(logits.float() / temperature, 1)], 1)


@torch.no_grad()
def begin(net, path, views, rows, ridge=1e-3):
    """Gives the network the weights of the ONNX file an earlier run wrote, and, because the teachers may be others now, a general head that is the closed-form
    least-squares fit of their rows. Returns the mean cosine distance from these.

    views: uint8 [n, 128, 128, 3]; rows: [n, ROW - classes].
    """
    stored = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in onnx.load(path).graph.initializer}

    def put(layer, name):
        layer.weight.copy_(stored[f"{name}.weight"].float() * stored[f"{name}.scale"])
        return stored[f"{name}.bias"]

    def normalize(bias):
        # Batch normalization was folded into the convolution before it: undo that with the statistics of these views.
        def before(layer, inputs):
            x = inputs[0].float()
            layer.running_mean.copy_(x.mean((0, 2, 3)))
            layer.running_var.copy_(x.var((0, 2, 3)))
            layer.weight.copy_((layer.running_var + layer.eps).sqrt())
            layer.bias.copy_(bias + layer.running_mean)
        return before

    hooks = []
    for name, layer in net.named_modules():
        if isinstance(layer, nn.Sequential) and len(layer) == 2 and isinstance(layer[1], nn.BatchNorm2d):
            hooks.append(layer[1].register_forward_pre_hook(normalize(put(layer[0], f"net.{name}"))))
        elif isinstance(layer, nn.Linear) and layer is not net.general:
            layer.bias.copy_(put(layer, f"net.{name}"))

    def maps(some):
        return net.squeeze(net.trunk((torch.from_numpy(some).permute(0, 3, 1, 2).float() - 128) * (1 / 64))).flatten(1)

    net.eval()
    maps(views[:512])
    for hook in hooks:
        hook.remove()
    width = net.general.in_features + 1
    square, product = torch.zeros(width, width), torch.zeros(width, rows.shape[1])
    rows = F.normalize(rows)
    fits = len(views) * 9 // 10
    for start in range(0, fits, 500):
        x = F.pad(maps(views[start:min(start + 500, fits)]), (0, 1), value=1)
        square += x.T @ x
        product += x.T @ rows[start:min(start + 500, fits)]
    square.diagonal().add_(ridge * square.diagonal().mean())
    solution = torch.linalg.solve(square.double(), product.double()).float()
    net.general.weight.copy_(solution[:-1].T)
    net.general.bias.copy_(solution[-1])
    found = torch.cat([F.normalize(net.general(maps(views[start:start + 500]))) for start in range(fits, len(views), 500)])
    return 1 - (found * rows[fits:]).sum(1).mean().item()
