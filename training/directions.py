"""What the teachers' own rows can tell, weighed and projected on their leading principal directions. Prints the table of RESULTS.md."""
import argparse
from pathlib import Path

import numpy as np
import torch

import data
import evaluate
import goods
import pool as pools
import standins
from teacher import Teachers, weighed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--teacher", type=Path, default=Path("../shared/models/alexnet-bvlc-conv.onnx"))
    parser.add_argument("--resnet", type=Path, default=pools.RESNET)
    parser.add_argument("--share", type=int, default=4, help="fit the directions on every so many-th picture")
    parser.add_argument("--components", type=int, default=239)
    options = parser.parse_args()
    torch.set_num_threads(2)
    teachers = Teachers(options.teacher, options.resnet)

    def rows(pictures):
        """The teachers' rows of a list of pictures."""
        return torch.cat([teachers(evaluate.shrink(pictures[i:i + 64], data.VIEW)) for i in range(0, len(pictures), 64)])

    photos = np.concatenate([data.load_folder(options.data / folder)[0] for folder in data.FOLDERS])
    things, _ = data.load_clipart(unseen=False)
    plain = rows([data.plain(n, photos, things) for n in range(0, len(photos) + len(things), options.share)])

    validation, _ = data.load_folder(options.data / "clothing/validation")
    clipart, kinds = standins.clipart()
    sets = {"stamps": standins.stamps(), "clip art": (clipart, kinds), "without clothing": (clipart[kinds != "people/clothing"], kinds[kinds != "people/clothing"]),
            "drawn goods": goods.draw(), "patches": standins.patches(validation[::2])}
    objects, labels = data.load_folder(options.data / "objects/caltech101")
    sets["objects"] = objects[::4], labels[::4]
    asked = {name: (rows(pictures), labels) for name, (pictures, labels) in sets.items()}

    print(f"| AlexNet, quarters, mean of ResNet-18; {options.components} components | " + " | ".join(asked) + " |")
    print("|---" * (1 + len(asked)) + "|")
    for weights in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0.7, 0), (1, 1, 0), (1, 1.4, 0), (1, 0.7, 0.7), (0.7, 0.7, 1), (1, 0, 1), (0.5, 0.7, 0.7)):
        weigh = plain.clone()
        mean, basis = pools.fit(weighed(weigh, weights), seed=1)
        figures = []
        for wide, labels in asked.values():
            seen = (weighed(wide.clone(), weights) - mean) @ basis[:, :options.components]
            figures.append(evaluate.precision(seen, labels, seen, labels, same=True)[1])
        print(f"| {weights} | " + " | ".join(f"{v:.3f}" for v in figures) + " |", flush=True)


if __name__ == "__main__":
    main()
