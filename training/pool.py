"""The pool: a fixed set of augmented views with the teacher's row of each, made once and learned from many times."""
import multiprocessing
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import data
from teacher import Teachers, weighed

RESNET = Path.home() / ".nuget/packages/microsoft.ml.dnnimagefeaturizer.resnet18/0.23.1/tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx"
WEIGHTS = (1, 1, 0.5)  # of the teachers' parts; see RESULTS.md
ROW = 512     # teachers' components kept in the pool
PLAIN = 6     # the directions are fitted on every so many-th plain picture
BATCH = 64
FILTERS = (Image.BILINEAR, Image.BILINEAR, Image.BOX, Image.BICUBIC)

_job = None  # what each worker process draws from, and its teacher


@dataclass
class Pool:
    views: np.ndarray   # uint8 [n, 128, 128, 3]
    rows: np.ndarray    # float16 [n, ROW]: the teachers' row, centered, projected, at length 1
    kinds: np.ndarray   # int [n]: data.WHOLE, data.PART or data.MADE
    photos: np.ndarray  # int [n]: number of the photo, -1 for made-up pictures
    mean: torch.Tensor  # [9216]
    basis: torch.Tensor  # [11776, ROW]


def _start(seed, rows, photos, sources, things, paths):
    global _job
    torch.set_num_threads(1)
    _job = seed, rows, photos, sources, things, Teachers(*paths) if paths else None


def _answer(pictures):
    """The teachers' rows, or the pictures themselves if a GPU is to make those."""
    teachers = _job[-1]
    return weighed(teachers(pictures), WEIGHTS).half().numpy() if teachers else pictures


def _plain_batch(start):
    """Whole photos and drawn things on white, as they are."""
    _, _, _, sources, things, _ = _job
    numbers = range(start, min(start + PLAIN * BATCH, len(sources) + len(things)), PLAIN)
    return _answer(np.stack([data.plain(n, sources, things) for n in numbers]))


def _batch(start):
    """Views start..start+BATCH, shrunk for the student, with what the teacher says to them."""
    seed, rows, photos, sources, things, _ = _job
    large, small = [], []
    for number in range(start, min(start + BATCH, len(rows))):
        kind, photo = rows[number]
        picture = data.view(seed, number, kind, photo, photos if kind != data.MADE else sources, things)
        shrink = FILTERS[number % len(FILTERS)]
        large.append(picture)
        small.append(np.asarray(Image.fromarray(picture).resize((data.STUDENT,) * 2, shrink)))
    return np.stack(small), _answer(np.stack(large))


def _ahead(workers_pool, work, starts, limit):
    """Batches in order, at most `limit` of them drawn before they are asked for."""
    waiting = deque()
    for start in starts:
        waiting.append(workers_pool.apply_async(work, (start,)))
        if len(waiting) >= limit:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def fit(rows, seed):
    """Mean and leading principal directions of the teachers' weighed rows [n, 11776]."""
    torch.manual_seed(seed)
    mean = rows.mean(0)
    return mean, torch.pca_lowrank(rows - mean, q=ROW, center=False, niter=3)[2]


def build(photos, sources, things, paths, seed, rows, limit=None, device="cpu", workers=2, log=print):
    """Draws the views of `rows` (see data.plan) in a shuffled order, at most `limit` of them, and asks the teachers for their rows.

    photos: uint8 [n, 256, 256, 3], each shown whole and in parts; sources: the photos made-up pictures may borrow from; things: drawn ones they may show.
    The components are fitted on every sixth of the sources and things as they are, because disturbed views waste components on the disturbance (see RESULTS.md).
    """
    rows = rows[np.random.default_rng(seed).permutation(len(rows))][:limit]
    n = len(rows)
    views, targets, done = np.empty((n, data.STUDENT, data.STUDENT, 3), np.uint8), np.empty((n, ROW), np.float16), 0
    here = Teachers(*paths, device) if device != "cpu" else None
    job = seed, rows, photos, sources, things, None if here else paths

    def wide(answer):
        return weighed(here(answer), WEIGHTS) if here else torch.from_numpy(answer).float()

    with multiprocessing.get_context("fork").Pool(workers, _start, job) as workers_pool:
        clean = _ahead(workers_pool, _plain_batch, range(0, len(sources) + len(things), PLAIN * BATCH), 4 * workers)
        mean, basis = fit(torch.cat([wide(answer) for answer in clean]), seed)
        log("principal directions fitted")
        for small, answer in _ahead(workers_pool, _batch, range(0, n, BATCH), 4 * workers):
            views[done:done + len(small)] = small
            targets[done:done + len(small)] = F.normalize((wide(answer) - mean) @ basis).half().numpy()
            done += len(small)
            if done % (BATCH * 50) == 0:
                log(f"pool {done}/{n}")
    return Pool(views, targets, rows[:, 0], rows[:, 1], mean, basis)


def save(pool, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("views", "rows", "kinds", "photos"):
        np.save(folder / f"{name}.npy", getattr(pool, name))
    torch.save((pool.mean, pool.basis), folder / "basis.pt")


def load(folder):
    arrays = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("views", "rows", "kinds", "photos")]
    return Pool(*arrays, *torch.load(folder / "basis.pt"))
