"""The teacher: BVLC AlexNet, conv1 to pool5, read from its ONNX file into torch."""
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


class Teacher:
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
