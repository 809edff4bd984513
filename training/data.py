"""Photos, drawn pictures and the pool of augmented views that the student learns from."""
import math
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

warnings.simplefilter("ignore", Image.DecompressionBombWarning)

CLIPART = Path("/usr/share/openclipart/png")  # Debian's openclipart-png: drawings in the public domain
# Drawings of no thing, or of the same thing hundreds of times.
NOT_THINGS = ("computer/icons", "computer/buttons", "shapes", "signs_and_symbols/flags", "signs_and_symbols/led", "special", "transportation/aiga-symbols")
# Kinds no picture is made of: what the network makes of things it has never seen is measured on them.
UNSEEN = ("food/fruit", "food/beverages", "recreation/music", "transportation/vehicles", "animals/birds", "animals/bugs", "buildings/homes",
          "computer/hardware", "recreation/toys", "signs_and_symbols/clocks", "plants/flowers", "people/clothing")

# What is learned from. The first two have folder names that say what a photo shows.
FOLDERS = ("clothing/train", "clothing-extra", "objects/caltech101", "objects/trashnet", "objects/textures")

CACHE = 256   # photos are kept in memory at this size, stretched to a square
VIEW = 227    # what the teacher sees
STUDENT = 128  # what the student sees


def load_photo(path, size=CACHE):
    """uint8 RGB [size, size, 3], the whole picture stretched to a square."""
    with Image.open(path) as image:
        image.draft("RGB", (size, size))
        return np.asarray(image.convert("RGB").resize((size, size), Image.BILINEAR))


def load_folder(folder, size=CACHE):
    """Photos uint8 [n, size, size, 3] and their folder names, in path order."""
    paths = sorted(Path(folder).rglob("*.jpg"))
    with ThreadPoolExecutor() as pool:
        photos = np.stack(list(pool.map(lambda p: load_photo(p, size), paths)))
    return photos, np.array([p.parent.name for p in paths])


def load_clipart(unseen, folder=CLIPART):
    """Drawn things, RGBA pictures at most CACHE pixels wide and high, and their kinds: the unseen kinds, or all others."""
    things, kinds = [], []
    for path in sorted(folder.glob("*/**/*.png")):
        name = "/".join(path.relative_to(folder).parts[:2])
        if name.startswith(NOT_THINGS) or (name in UNSEEN) != unseen:
            continue
        try:
            with Image.open(path) as image:
                if image.width * image.height > 4_000_000:  # slow to read, and few
                    continue
                image = image.convert("RGBA")
                image = image.crop(image.getchannel("A").point(lambda v: 255 * (v > 8)).getbbox())
                image.thumbnail((CACHE, CACHE), Image.BOX)
        except (OSError, ValueError, Image.DecompressionBombError):
            continue
        if min(image.size) >= 24:
            things.append(image)
            kinds.append(name)
    return things, np.array(kinds)


def crop(rng, photo, low, high):
    """A random part of a photo, its share of the area between low and high."""
    area = rng.uniform(low, high) * CACHE * CACHE
    aspect = math.exp(rng.uniform(-0.35, 0.35))
    w, h = min(CACHE, math.sqrt(area * aspect)), min(CACHE, math.sqrt(area / aspect))
    x, y = rng.uniform(0, CACHE - w), rng.uniform(0, CACHE - h)
    return Image.fromarray(photo).resize((VIEW, VIEW), Image.BILINEAR, box=(x, y, x + w, y + h))


def color(rng, image, strength):
    """Brightness, contrast, saturation, hue and channel order as one affine map of RGB."""
    gray = np.full((3, 3), 1 / 3)
    matrix = np.eye(3)
    if rng.random() < 0.15 * strength:
        matrix = matrix[rng.permutation(3)]
    angle = rng.normal(0, 0.25 * strength)
    k = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / math.sqrt(3)
    matrix = (np.eye(3) * math.cos(angle) + math.sin(angle) * k + (1 - math.cos(angle)) * gray) @ matrix
    saturation = 0 if rng.random() < 0.06 * strength else math.exp(rng.normal(0, 0.35 * strength))
    matrix = (saturation * np.eye(3) + (1 - saturation) * gray) @ matrix
    contrast, gain = math.exp(rng.normal(0, 0.2 * strength)), math.exp(rng.normal(0, 0.2 * strength))
    pixels = np.asarray(image, np.float32)
    pixels = pixels @ (matrix.T * contrast * gain).astype(np.float32)
    pixels += 128 * (1 - contrast) * gain + rng.normal(0, 10 * strength)
    if rng.random() < 0.1 * strength:
        pixels += rng.normal(0, rng.uniform(3, 20), pixels.shape[:2] + (1,))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def disturb(rng, image, strength=1.0):
    """Flip, turn, blur and recolor."""
    if rng.random() < 0.5:
        image = image.transpose(Image.FLIP_LEFT_RIGHT)
    if rng.random() < 0.2 * strength:
        image = image.rotate(rng.normal(0, 20), Image.BILINEAR, fillcolor=tone(rng))
    if rng.random() < 0.08 * strength:
        image = image.transpose(int(rng.integers(1, 5)))
    if rng.random() < 0.1 * strength:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 2.5)))
    return color(rng, image, strength)


def tone(rng):
    """A color: plain white often, as in shop photos, otherwise anything."""
    if rng.random() < 0.25:
        return (255, 255, 255)
    return tuple(int(v) for v in rng.integers(0, 256, 3))


def clouds(rng, channels):
    """Smooth noise of several scales, float [VIEW, VIEW, channels] in 0..1."""
    total = np.zeros((VIEW, VIEW, channels), np.float32)
    fade = rng.uniform(0.3, 1.0)
    for octave in range(int(rng.integers(1, 6))):
        side = min(VIEW, int(2 ** (octave + rng.uniform(1, 3))))
        grid = (rng.random((side, side, channels)) * 255).astype(np.uint8)
        layers = [Image.fromarray(grid[..., c]).resize((VIEW, VIEW), Image.BICUBIC) for c in range(channels)]
        total += fade ** octave * np.stack([np.asarray(layer, np.float32) for layer in layers], -1)
    total -= total.min()
    return total / max(1e-3, total.max())


def texture(rng):
    """A drawn surface: plain, gradient, stripes, checks, dots or clouds between two colors."""
    y, x = np.mgrid[0:VIEW, 0:VIEW].astype(np.float32) / VIEW
    angle, frequency = rng.uniform(0, math.pi), math.exp(rng.uniform(0, 4))
    u, v = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
    kind = int(rng.integers(0, 7))
    if kind == 0:
        mix = np.zeros_like(x)
    elif kind == 1:
        mix = (u - u.min()) / np.ptp(u)
    elif kind == 2:
        mix = 0.5 + 0.5 * np.sin(6.28 * frequency * u)
    elif kind == 3:
        mix = 0.5 + 0.25 * (np.sin(6.28 * frequency * u) + np.sin(6.28 * frequency * v * rng.uniform(0.5, 2)))
    elif kind == 4:
        mix = np.hypot((u * frequency / 2) % 1 - 0.5, (v * frequency / 2) % 1 - 0.5) * 1.6
    else:
        mix = clouds(rng, 1 if kind == 5 else 3)
    if rng.random() < 0.4:
        mix = (mix > rng.uniform(0.3, 0.7)).astype(np.float32)
    mix = mix if mix.ndim == 3 else mix[..., None]
    a, b = np.array(tone(rng), np.float32), np.array(tone(rng), np.float32)
    return Image.fromarray(np.clip(a + (b - a) * np.clip(mix, 0, 1), 0, 255).astype(np.uint8))


def silhouette(rng):
    """The mask of one drawn thing: mirrored profile with legs or handles, polygon, ellipse, box or line work."""
    mask = Image.new("L", (VIEW, VIEW))
    draw = ImageDraw.Draw(mask)
    scale = rng.uniform(0.15, 0.5)
    cx, cy = (VIEW * (0.5 + rng.normal(0, 0.12)) for _ in range(2))
    r = VIEW * scale
    kind = int(rng.integers(0, 7))
    if kind <= 2:
        n = int(rng.integers(3, 9))
        radii = r * np.abs(rng.uniform(0.05, 1.0) + np.cumsum(rng.normal(0, 0.3, n))).clip(0.05, 1.3)
        if rng.random() < 0.5:
            radii = np.interp(np.linspace(0, n - 1, 40), np.arange(n), radii)
        heights = np.linspace(cy - r * rng.uniform(0.5, 1.3), cy + r * rng.uniform(0.5, 1.3), len(radii))
        draw.polygon([(cx + w, h) for w, h in zip(radii, heights)]
                     + [(cx - w, h) for w, h in zip(radii[::-1], heights[::-1])], fill=255)
        width = int(rng.integers(2, 14))
        if rng.random() < 0.5:
            spread, fall = rng.uniform(0.2, 1) * r, rng.uniform(0.3, 1.2) * r
            for side in (-1, 1):
                draw.line([(cx + side * spread * 0.7, heights[-1]), (cx + side * spread, heights[-1] + fall)], 255, width)
        if rng.random() < 0.4:
            w, h = rng.uniform(0.3, 1.2, 2) * r
            draw.arc([cx - w, heights[0] - h, cx + w, heights[0] + h], 180, 360, 255, width)
    elif kind == 3:
        n = int(rng.integers(3, 14))
        turns = np.sort(rng.uniform(0, 6.28, n))
        radii = r * rng.uniform(0.3, 1.2, n)
        draw.polygon([(cx + d * math.cos(t), cy + d * math.sin(t)) for t, d in zip(turns, radii)], fill=255)
    elif kind == 4:
        w, h = r * rng.uniform(0.3, 1.3, 2)
        draw.ellipse([cx - w, cy - h, cx + w, cy + h], fill=255)
        if rng.random() < 0.4:
            inner = rng.uniform(0.3, 0.9)
            draw.ellipse([cx - w * inner, cy - h * inner, cx + w * inner, cy + h * inner], fill=0)
    elif kind == 5:
        w, h = r * rng.uniform(0.3, 1.3, 2)
        draw.rounded_rectangle([cx - w, cy - h, cx + w, cy + h], min(w, h) * rng.uniform(0, 0.9), fill=255)
    else:
        for _ in range(int(rng.integers(2, 9))):
            ends = [(cx + r * rng.normal(0, 0.6), cy + r * rng.normal(0, 0.6)) for _ in range(int(rng.integers(2, 4)))]
            draw.line(ends, 255, int(rng.integers(2, 22)), joint="curve")
    if rng.random() < 0.5:
        mask = mask.rotate(rng.normal(0, 30), Image.BILINEAR, center=(cx, cy))
    return mask


def surface(rng, photos, share):
    """A fill or a background: part of a photo with the given probability, otherwise drawn."""
    if rng.random() < share:
        return color(rng, crop(rng, photos[rng.integers(len(photos))], 0.02, 0.4), 1.0)
    return texture(rng)


def shaded(rng, image):
    """Light falling from one side, so that drawn things are not flat."""
    light = clouds(rng, 1) if rng.random() < 0.5 else np.linspace(0, 1, VIEW, dtype=np.float32)[None, :, None]
    depth = rng.uniform(0, 0.7)
    return Image.fromarray((np.asarray(image) * (1 - depth * light)).astype(np.uint8))


def clip(rng, things):
    """One drawn thing, RGBA [VIEW, VIEW], somewhere on a clear ground."""
    thing = things[rng.integers(len(things))]
    size = VIEW * rng.uniform(0.35, 1.0) / max(thing.size)
    stretch = math.exp(rng.normal(0, 0.1))
    thing = thing.resize((max(8, int(thing.width * size * stretch)), max(8, int(thing.height * size / stretch))), Image.BILINEAR)
    if rng.random() < 0.3:
        thing = thing.rotate(rng.normal(0, 25), Image.BILINEAR, expand=True)
    whole = Image.new("RGBA", (VIEW, VIEW))
    whole.paste(thing, (int((VIEW - thing.width) * rng.uniform(0.1, 0.9)), int((VIEW - thing.height) * rng.uniform(0.1, 0.9))))
    return whole


def alone(rng, things):
    """One drawn thing in its own colors on a plain ground, as in a shop."""
    picture = Image.new("RGB", (VIEW, VIEW), (255, 255, 255) if rng.random() < 0.6 else tone(rng))
    thing = clip(rng, things)
    picture.paste(shaded(rng, thing.convert("RGB")) if rng.random() < 0.3 else thing, (0, 0), thing.getchannel("A"))
    return picture


def on_white(thing):
    """A drawn or cut out thing, RGBA, in the middle of a white picture a little larger than any thing."""
    picture = Image.new("RGB", (CACHE + 32, CACHE + 32), (255, 255, 255))
    picture.paste(thing, ((picture.width - thing.width) // 2, (picture.height - thing.height) // 2), thing)
    return picture


def plain(number, photos, things):
    """Photo `number`, whole, or the thing after the last photo on white, undisturbed: uint8 [VIEW, VIEW, 3]."""
    if number < len(photos):
        return np.asarray(Image.fromarray(photos[number]).resize((VIEW, VIEW), Image.BILINEAR))
    return np.asarray(on_white(things[number - len(photos)]).resize((VIEW, VIEW), Image.BILINEAR))


def drawn(rng, photos, things):
    """A made-up picture: one or several things over a background, in their own colors or filled with drawn or photographed surfaces."""
    share = rng.choice([0.0, 0.5, 0.9])
    picture = Image.new("RGB", (VIEW, VIEW), tone(rng)) if rng.random() < 0.4 else surface(rng, photos, share)
    if rng.random() < 0.3:
        picture = shaded(rng, picture)
    for _ in range(int(rng.choice([1, 1, 1, 2, 3, 6]))):
        thing = clip(rng, things) if things and rng.random() < 0.6 else None
        mask = thing.getchannel("A") if thing else silhouette(rng)
        fill = thing.convert("RGB") if thing and rng.random() < 0.6 else surface(rng, photos, share)
        picture.paste(shaded(rng, fill) if rng.random() < 0.7 else fill, (0, 0), mask)
        if rng.random() < 0.3:
            picture.paste(tone(rng), (0, 0), mask.filter(ImageFilter.FIND_EDGES))
    return picture


def collage(rng, photos):
    """Two to four photos side by side, or one within another, or two laid over each other."""
    parts = [crop(rng, photos[rng.integers(len(photos))], 0.1, 1.0) for _ in range(4)]
    how = int(rng.integers(0, 3))
    if how == 0:
        return Image.blend(parts[0], parts[1], rng.uniform(0.2, 0.8))
    x, y = (int(VIEW * rng.uniform(0.25, 0.75)) for _ in range(2))
    if how == 1:
        parts[0].paste(parts[1].resize((x, y), Image.BILINEAR), tuple(int(v) for v in rng.uniform(0, 1, 2) * (VIEW - x, VIEW - y)))
        return parts[0]
    parts[0].paste(parts[1], (x, 0))
    if rng.random() < 0.5:
        parts[0].paste(parts[2], (0, y))
    return parts[0]


WHOLE, PART, MADE = 0, 1, 2


def plan(counts, whole, part, made):
    """The pool's rows as (kind, photo): counts[k] photos in a row are shown whole[k] times and in part[k] parts, then come made-up pictures."""
    whole, part = np.repeat(whole, counts), np.repeat(part, counts)
    rows = [(WHOLE, i) for i, times in enumerate(whole) for _ in range(times)]
    rows += [(PART, i) for i, times in enumerate(part) for _ in range(times)]
    return np.array(rows + [(MADE, -1)] * made)


def view(seed, number, kind, photo, photos, things):
    """One picture of the pool, uint8 [VIEW, VIEW, 3]; the same seed and number give the same picture."""
    rng = np.random.default_rng([seed, number])
    if kind == WHOLE:
        image = disturb(rng, crop(rng, photos[photo], 0.7, 1.0), 0.4)
    elif kind == PART:
        image = disturb(rng, crop(rng, photos[photo], 0.05, 0.7))
    elif things and rng.random() < 0.3:
        image = disturb(rng, alone(rng, things), 0.4)
    else:
        image = disturb(rng, drawn(rng, photos, things) if rng.random() < 0.75 else collage(rng, photos))
    return np.asarray(image)
