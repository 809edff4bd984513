"""Stand-ins for goods the network has never seen. Run it to write them as folders of pictures. See README.md."""
import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image

import data
import goods

STAMPS = Path("/usr/share/tuxpaint/stamps")  # Debian's tuxpaint-stamps-default: mostly photos, cut out


def clipart():
    """Clip art of the kinds that no training picture shows, uint8 [n, 288, 288, 3], and the kinds."""
    things, kinds = data.load_clipart(unseen=True)
    return np.stack([np.asarray(data.on_white(t)) for t in things]), kinds


def stamps(folder=STAMPS, least=6):
    """Photos of animals, fruit, tools, instruments and so on, uint8 [n, 288, 288, 3], and their kinds, those of at least `least` photos."""
    pictures, kinds = [], []
    for path in sorted(folder.rglob("*.png")):
        parts = path.relative_to(folder).parts
        if parts[0] in ("clothes", "symbols", "seasonal", "cartoon", "space", "naturalforces") or {"cartoon", "roadsigns", "flags"} & set(parts):
            continue  # known to the network, or drawings, most of them
        with Image.open(path) as image:
            thing = image.convert("RGBA")
        thing.thumbnail((data.CACHE, data.CACHE), Image.BOX)
        pictures.append(np.asarray(data.on_white(thing)))
        kinds.append("/".join(parts[:2] if len(parts) > 2 else parts[:1]))
    count = Counter(kinds)
    chosen = [i for i, kind in enumerate(kinds) if count[kind] >= least]
    return np.stack([pictures[i] for i in chosen]), np.array(kinds)[chosen]


def patches(photos, each=6, seed=5):
    """Small parts of photos, uint8 [n * each, 227, 227, 3], and the photo each came from: what is shown, clothes or not."""
    rng = np.random.default_rng(seed)
    parts = [np.asarray(data.crop(rng, p, 0.06, 0.2)) for p in photos for _ in range(each)]
    return np.stack(parts), np.repeat(np.arange(len(photos)), each)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    photos, _ = data.load_folder(options.data / "clothing/validation")
    for name, (pictures, kinds) in {"stamps": stamps(), "clipart": clipart(), "drawn": goods.draw(), "patches": patches(photos)}.items():
        for number, (picture, kind) in enumerate(zip(pictures, kinds)):
            folder = options.out / name / str(kind).replace("/", "-")
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(picture).save(folder / f"{number:04}.png")
        print(f"{name}: {len(pictures)} pictures of {len(set(kinds))} kinds")


if __name__ == "__main__":
    main()
