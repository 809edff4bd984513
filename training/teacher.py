"""The teachers, read from their ONNX files into torch: BVLC AlexNet, conv1 to pool5, ResNet-18, and the rows of both joined."""
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

SIZE = 227
BGR_MEAN = (104.0, 117.0, 123.0)


def _lrn(x, alpha=1e-4, beta=0.75):
    """Local response normalization over 5 channels; beta 0.75 as two reciprocal roots."""
    square = F.pad(x * x, (0, 0, 0, 0, 2, 2))
    total = sum(square[:, i:i + x.shape[1]] for i in range(5))
    root = (1.0 + alpha / 5 * total).rsqrt()
    return x * root * root.sqrt()


class AlexNet:
    """pool5 maps, float [N, 256, 6, 6], of uint8 RGB pictures [N, 3, 227, 227]."""

    def __init__(self, path, device="cpu", half=True):
        graph = onnx.load(path).graph
        tensors = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
        self.device, self.half = device, half
        self.convs = []
        for i in range(1, 6):
            weight = tensors[f"conv{i}_w_q"].float() * tensors["q_scale"]
            self.convs.append((weight.to(device), tensors[f"conv{i}_b"].to(device)))
        self.mean = torch.tensor(BGR_MEAN, device=device).view(1, 3, 1, 1)

    def _conv(self, i, x, **how):
        weight, bias = self.convs[i - 1]
        return F.relu(F.conv2d(x, weight, bias, **how))

    @torch.no_grad()
    def __call__(self, rgb):
        kind = "cuda" if "cuda" in str(self.device) else "cpu"
        with torch.autocast(kind, dtype=torch.bfloat16, enabled=self.half):
            x = rgb.to(self.device).float().flip(1) - self.mean
            x = F.max_pool2d(_lrn(self._conv(1, x, stride=4)), 3, 2)
            x = F.max_pool2d(_lrn(self._conv(2, x, padding=2, groups=2)), 3, 2)
            x = self._conv(3, x, padding=1)
            x = self._conv(4, x, padding=1, groups=2)
            x = self._conv(5, x, padding=1, groups=2)
            return F.max_pool2d(x, 3, 2).float()


class ResNet:
    """The last convolution's maps, float [N, 512, 7, 7], of uint8 RGB pictures [N, 3, 224, 224]: ResNet-18 of Microsoft.ML.DnnImageFeaturizer.ResNet18."""

    MEAN = (103.06, 115.90, 123.15)
    LAST = "ReLU393_Output_0"

    def __init__(self, path, device="cpu", half=True):
        graph = onnx.load(path).graph
        self.device, self.half = device, half
        self.tensors = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()).to(device) for t in graph.initializer}
        self.input = next(i.name for i in graph.input if i.name not in self.tensors)
        self.nodes = [(n.op_type, list(n.input), n.output[0], {a.name: list(a.ints) or a.f for a in n.attribute}) for n in graph.node]
        self.mean = torch.tensor(self.MEAN, device=device).view(1, 3, 1, 1)

    @torch.no_grad()
    def __call__(self, rgb):
        kind = "cuda" if "cuda" in str(self.device) else "cpu"
        with torch.autocast(kind, dtype=torch.bfloat16, enabled=self.half):
            values = {self.input: rgb.to(self.device).float().flip(1) - self.mean}
            for op, inputs, output, how in self.nodes:
                x = values[inputs[0]]
                rest = [self.tensors[name] if name in self.tensors else values[name] for name in inputs[1:]]
                if op in ("Conv", "MaxPool"):
                    top, left, bottom, right = how["pads"]
                    # Before a maximum pooling stands a ReLU, so zeros are no more than what is there.
                    x = F.pad(x, (left, right, top, bottom))
                if op == "Conv":
                    x = F.conv2d(x, *rest, stride=how["strides"])
                elif op == "MaxPool":
                    x = F.max_pool2d(x, how["kernel_shape"], how["strides"])
                elif op == "BatchNormalization":
                    x = F.batch_norm(x, rest[2], rest[3], rest[0], rest[1], eps=how["epsilon"])
                elif op == "Relu":
                    x = F.relu(x)
                elif op == "Add":
                    x = x + rest[0]
                values[output] = x
                if output == self.LAST:
                    return x.float()


def quarters(maps):
    """Means over the four quarters of the picture, the middle row and column in two of them: [N, 512, 7, 7] to [N, 2048]."""
    return torch.stack([maps[:, :, top:top + 4, left:left + 4].mean((2, 3)) for top in (0, 3) for left in (0, 3)], 2).flatten(1)


class Teachers:
    """One row for a picture, uint8 [N, 227, 227, 3] to float [N, 9216 + 2048 + 512]: AlexNet's pool5, the quarters of ResNet-18's last convolution and its mean,
    each of length 1. Weigh them with `weighed`."""

    PARTS = (9216, 2048, 512)

    def __init__(self, alexnet, resnet, device="cpu"):
        self.alexnet, self.resnet = AlexNet(alexnet, device), ResNet(resnet, device)

    def __call__(self, pictures):
        pictures = torch.from_numpy(pictures).permute(0, 3, 1, 2)
        maps = self.resnet(pictures[:, :, 1:225, 1:225])
        return torch.cat([F.normalize(part) for part in (self.alexnet(pictures).flatten(1), quarters(maps), maps.mean((2, 3)))], 1).cpu()


def weighed(rows, weights):
    """The teachers' rows, each part times its weight, in place."""
    start = 0
    for width, weight in zip(Teachers.PARTS, weights):
        rows[:, start:start + width] *= weight
        start += width
    return rows
