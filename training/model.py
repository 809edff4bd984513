"""The student: a plain convolutional network of 2.7 million weights with two heads."""
import torch
import torch.nn as nn
import torch.nn.functional as F

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
