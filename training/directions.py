"""What the teacher's own rows can tell after projection on principal directions fitted on different pictures. Prints the table of RESULTS.md."""
import argparse
from pathlib import Path

import numpy as np
import torch

import data
import evaluate
import goods
import pool as pools
import standins
from teacher import Teacher


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--teacher", type=Path, default=Path("../shared/models/alexnet-bvlc-conv.onnx"))
    parser.add_argument("--views", type=int, default=9216, help="disturbed views to fit directions on")
    options = parser.parse_args()
    torch.set_num_threads(2)
    teacher = Teacher(options.teacher)

    def rows(pictures):
        """The teacher's rows of a list of pictures."""
        parts = [evaluate.shrink(pictures[i:i + 64], data.VIEW) for i in range(0, len(pictures), 64)]
        return torch.cat([pools.teacher_rows(teacher, part) for part in parts])

    photos = np.concatenate([data.load_folder(options.data / folder)[0] for folder in ("clothing/train", "clothing-extra")])
    things, _ = data.load_clipart(unseen=False)
    plan = data.plan(len(photos), 8, 10, 96000)
    plan = plan[np.random.default_rng(1).permutation(len(plan))][:options.views]
    views = rows([data.view(1, number, kind, photo, photos, things) for number, (kind, photo) in enumerate(plan)])
    made = views[plan[:, 0] == data.MADE]
    whole = rows(photos)
    white = rows([data.plain(len(photos) + number, photos, things) for number in range(len(things))])

    validation, _ = data.load_folder(options.data / "clothing/validation")
    clipart, kinds = standins.clipart()
    sets = {"stamps": standins.stamps(), "clip art": (clipart, kinds), "without clothing": (clipart[kinds != "people/clothing"], kinds[kinds != "people/clothing"]),
            "drawn goods": goods.draw(), "patches": standins.patches(validation)}
    asked = {name: (rows(pictures), labels) for name, (pictures, labels) in sets.items()}

    def report(title, project):
        figures = []
        for wide, labels in asked.values():
            seen = project(wide)
            figures.append(evaluate.precision(seen, labels, seen, labels, same=True)[1])
        print(f"| {title} | " + " | ".join(f"{v:.3f}" for v in figures) + " |", flush=True)

    def fitted(title, fit_on, *shapes):
        mean, basis = pools.fit(fit_on, seed=1)
        spread = ((fit_on - mean) @ basis).std(0)
        for components, power in shapes:
            weighted = f", weighted by deviation ^ {power}" if power else ""
            report(f"{title}, {components}{weighted}", lambda wide: (wide - mean) @ basis[:, :components] * spread[:components] ** power)

    print("| directions fitted on, components | " + " | ".join(asked) + " |")
    print("|---" * (1 + len(asked)) + "|")
    report("none: all 9,216 numbers", lambda wide: wide)
    fitted("disturbed views", views, (128, 0), (239, 0), (512, 0))
    fitted("disturbed views and clip art on white", torch.cat([views, white]), (239, 0))
    fitted("made-up views and clip art on white", torch.cat([made, white]), (239, 0))
    fitted("photos", whole, (239, 0))
    fitted("photos and clip art on white", torch.cat([whole, white]), (239, 0), (384, 0), (239, -0.25), (239, 0.25))


if __name__ == "__main__":
    main()
