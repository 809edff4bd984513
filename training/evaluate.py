"""Precision at 1 and 5, the share of the first answers that have the query's class, beside the teacher's. See README.md."""
import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from sklearn.model_selection import train_test_split

import data
import goods
import standins
from data import VIEW
from model import CompactNet, row
from teacher import AlexNet


def split(labels):
    """(kept, held): 15 % of clothing/train, the same always, by which recipes are chosen."""
    return train_test_split(np.arange(len(labels)), test_size=0.15, stratify=labels, random_state=1)


def shrink(photos, size):
    """uint8 [n, h, w, 3] to [n, size, size, 3], antialiased."""
    return np.stack([np.asarray(Image.fromarray(p).resize((size, size), Image.BILINEAR)) for p in photos])


@torch.no_grad()
def outputs(net, views):
    """(general, logits) of uint8 views [n, 128, 128, 3], in full precision."""
    net.eval()
    device = next(net.parameters()).device
    parts = [net(torch.from_numpy(views[i:i + 256]).to(device).permute(0, 3, 1, 2).float()) for i in range(0, len(views), 256)]
    return torch.cat([p[0] for p in parts]).cpu(), torch.cat([p[1] for p in parts]).cpu()


def project(catalog, queries, components):
    """Both after a PCA fitted on the catalog, as the library's own projection does."""
    mean = catalog.mean(0)
    torch.manual_seed(0)
    basis = torch.linalg.svd(catalog - mean, full_matrices=False)[2] if catalog.shape[1] <= 512 else \
        torch.pca_lowrank(catalog - mean, q=components + 16, center=False, niter=4)[2].T
    return (catalog - mean) @ basis[:components].T, (queries - mean) @ basis[:components].T


def precision(catalog, catalog_labels, queries, query_labels, same=False):
    """(P@1, P@5) by cosine. same: the queries are the catalog, and a photo does not answer itself."""
    scores = F.normalize(queries) @ F.normalize(catalog).T
    if same:
        scores.fill_diagonal_(-2)
    order = scores.topk(5, 1).indices.numpy()
    hits = np.asarray(catalog_labels)[order] == np.asarray(query_labels)[:, None]
    return hits[:, 0].mean(), hits.mean()


def overlap(a, b, k=10):
    """Share of the k nearest neighbors within a set that rows a and rows b agree on."""
    def nearest(x):
        scores = F.normalize(x) @ F.normalize(x).T
        return scores.fill_diagonal_(-2).topk(k, 1).indices.numpy()
    return np.mean([len(set(p) & set(q)) / k for p, q in zip(nearest(a), nearest(b))])


def remembered(folder, name, make):
    """make(), or what an earlier run kept in the folder under this name."""
    if folder is None:
        return make()
    path = folder / f"{name}.pt"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(make(), path)
    return torch.load(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="the .pt file train.py leaves beside its pool")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--teacher", type=Path, default=Path("../shared/models/alexnet-bvlc-conv.onnx"))
    parser.add_argument("--queries", choices=("held-out", "validation"), default="held-out")
    parser.add_argument("--classes", nargs="*", default=[], help="measure on the queries of these classes only")
    parser.add_argument("--weights", type=float, nargs="*", default=(0, 0.3, 0.45, 0.6, 0.8, 1.0))
    parser.add_argument("--cache", type=Path, help="keep the teacher's rows here")
    options = parser.parse_args()
    torch.set_num_threads(2)
    saved = torch.load(options.checkpoint)
    net = CompactNet(len(saved["classes"]))
    net.load_state_dict(saved["net"])
    photos, labels = data.load_folder(options.data / "clothing/train")
    if options.queries == "held-out":
        kept, held = split(labels)
        sets = {"catalog": (photos[kept], labels[kept]), "queries": (photos[held], labels[held])}
    else:
        sets = {"catalog": (photos, labels), "queries": data.load_folder(options.data / "clothing/validation")}
    sets["patches"] = standins.patches(sets["queries"][0])
    sets["drawn"] = goods.draw()
    sets["clipart"] = standins.clipart()
    sets["stamps"] = standins.stamps()
    teacher = AlexNet(options.teacher)

    def alexnet(pictures):
        parts = [torch.from_numpy(shrink(pictures[i:i + 64], VIEW)).permute(0, 3, 1, 2) for i in range(0, len(pictures), 64)]
        return torch.cat([F.normalize(teacher(part).flatten(1)) for part in parts])

    wide = {n: remembered(options.cache, f"{options.queries}-{n}", lambda p=p: alexnet(p[0])) for n, p in sets.items()}
    found = {n: outputs(net, shrink(p[0], data.STUDENT)) for n, p in sets.items()}
    right = np.array(saved["classes"])[found["queries"][1].argmax(1)] == sets["queries"][1]
    print(f"class accuracy {right.mean():.3f}")
    asked = np.isin(sets["queries"][1], options.classes or labels)

    def report(title, rows, components=None):
        def both(a, b):
            return project(a, b, components) if components else (a, b)
        catalog, queries = both(rows["catalog"], rows["queries"])
        figures = precision(catalog, sets["catalog"][1], queries[asked], sets["queries"][1][asked])
        for name in ("patches", "drawn", "clipart", "stamps"):
            figures += precision(both(rows[name], rows[name])[0], sets[name][1], both(rows[name], rows[name])[0], sets[name][1], True)
        print(f"{title:34s} {options.queries} P@1 %.3f P@5 %.3f | patches %.3f %.3f | drawn goods %.3f %.3f | clip art %.3f %.3f | stamps %.3f %.3f" % figures)

    report("AlexNet pool5, PCA 128", wide, 128)
    for weight in options.weights:
        rows = {n: row(*f, weight) for n, f in found.items()}
        report(f"compact, class weight {weight}", rows)
        report(f"compact, class weight {weight}, PCA 128", rows, 128)
    for name in ("queries", "patches", "drawn", "clipart", "stamps"):
        print(f"{name}: ten nearest shared with AlexNet {overlap(wide[name], found[name][0]):.3f}")


if __name__ == "__main__":
    main()
