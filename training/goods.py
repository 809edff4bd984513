"""Drawn goods of twelve kinds, used only to measure: nothing here is learned from."""
import math

import numpy as np
from PIL import Image, ImageDraw

SIZE = 256


def _mug(d, c, a):
    w, h = 50 * a[0], 60 * a[1]
    d.ellipse([w - 15, -h * .5, w + 45, h * .5], outline=c[1], width=int(8 + 6 * a[2]))
    d.polygon([(-w, -h), (w, -h), (w * .9, h), (-w * .9, h)], fill=c[0])
    d.ellipse([-w, -h - 12, w, -h + 12], fill=c[1])


def _bottle(d, c, a):
    w, h = 32 * a[0], 95 * a[1]
    d.rounded_rectangle([-w, -h * .3, w, h], 10, fill=c[0])
    d.polygon([(-w, -h * .25), (-10, -h * .65), (10, -h * .65), (w, -h * .25)], fill=c[0])
    d.rectangle([-10, -h, 10, -h * .6], fill=c[1])
    d.rectangle([-w, h * .15, w, h * .15 + 50 * a[2]], fill=c[2])


def _chair(d, c, a):
    w, h = 45 * a[0], 90 * a[1]
    d.rectangle([-w, -h, -w + 10, h], fill=c[0])
    d.rectangle([w - 10, 10, w, h], fill=c[0])
    d.rectangle([-w, 0, w, 12 + 10 * a[2]], fill=c[1])
    for i in range(3):
        d.rectangle([-w, -h + i * 26, -w + 18, -h + 14 + i * 26], fill=c[1])
    d.polygon([(-w, -h), (-w + 30, -h - 10), (-w + 34, -6), (-w, 0)], fill=c[1])


def _table(d, c, a):
    w, h = 95 * a[0], 55 * a[1]
    d.rectangle([-w, -h, w, -h + 10 + 14 * a[2]], fill=c[0])
    for x in (-w + 8, w - 20):
        d.rectangle([x, -h, x + 12, h], fill=c[1])


def _lamp(d, c, a):
    w, h = 60 * a[0], 95 * a[1]
    d.rectangle([-5, -h * .3, 5, h], fill=c[1])
    d.polygon([(-w * .5, -h), (w * .5, -h), (w, -h * .2), (-w, -h * .2)], fill=c[0])
    d.ellipse([-w * .6, h - 14, w * .6, h + 10], fill=c[1])


def _clock(d, c, a):
    r = 85 * a[0]
    d.ellipse([-r, -r, r, r], fill=c[0], outline=c[1], width=int(6 + 12 * a[1]))
    for t in range(12):
        x, y = math.cos(t * math.pi / 6), math.sin(t * math.pi / 6)
        d.line([x * r * .7, y * r * .7, x * r * .82, y * r * .82], fill=c[2], width=5)
    for t, s in ((6 * a[2], .4), (9 * a[1], .65)):
        d.line([0, 0, math.cos(t) * r * s, math.sin(t) * r * s], fill=c[2], width=6)


def _book(d, c, a):
    w, h = 60 * a[0], 85 * a[1]
    d.rectangle([-w + 8, -h + 8, w + 8, h + 8], fill=(235, 230, 215))
    d.rectangle([-w, -h, w, h], fill=c[0])
    d.rectangle([-w, -h, -w + 14, h], fill=c[1])
    for i in range(1 + int(3 * a[2])):
        d.rectangle([-w * .5, -h * .6 + i * 22, w * .7, -h * .6 + 12 + i * 22], fill=c[2])


def _umbrella(d, c, a):
    r = 90 * a[0]
    d.pieslice([-r, -r, r, r], 180, 360, fill=c[0])
    for i in range(4):
        d.pieslice([-r + i * r / 2, -r * .18, -r / 2 + i * r / 2, r * .18], 180, 360, fill=c[1])
    d.line([0, 0, 0, r * .9 * a[1]], fill=c[2], width=8)
    d.arc([-24, r * .75 * a[1], 4, r * a[1]], 0, 180, fill=c[2], width=8)


def _ball(d, c, a):
    r = 80 * a[0]
    d.ellipse([-r, -r, r, r], fill=c[0])
    d.arc([-r * 1.6, -r, r * .2, r], -60, 60, fill=c[1], width=int(4 + 6 * a[1]))
    d.arc([-r * .2, -r, r * 1.6, r], 120, 240, fill=c[1], width=int(4 + 6 * a[1]))
    d.line([0, -r, 0, r], fill=c[1], width=int(3 + 6 * a[2]))


def _cutlery(d, c, a):
    h = 100 * a[0]
    for x, teeth in ((-34, 4), (10, 0)):
        d.rectangle([x, -10, x + 9, h], fill=c[0])
        if teeth:
            d.rectangle([x - 12, -30, x + 21, -8], fill=c[0])
            for t in range(teeth):
                d.rectangle([x - 12 + t * 10, -h * a[1], x - 8 + t * 10, -20], fill=c[0])
        else:
            d.ellipse([x - 14, -h * a[1], x + 23, 0], fill=c[0])


def _plant(d, c, a):
    d.polygon([(-45 * a[0], 20), (45 * a[0], 20), (32 * a[0], 95), (-32 * a[0], 95)], fill=c[1])
    for i in range(5 + int(6 * a[1])):
        t = -math.pi * (i + .5) / (5 + int(6 * a[1]))
        x, y = math.cos(t) * 95 * a[2], 20 + math.sin(t) * 105 * a[2]
        nx, ny = -math.sin(t) * 13, math.cos(t) * 13
        d.polygon([(0, 20), (x * .6 + nx, 20 + (y - 20) * .6 + ny), (x, y), (x * .6 - nx, 20 + (y - 20) * .6 - ny)], fill=c[0])


def _bicycle(d, c, a):
    r = 42 * a[0]
    for x in (-62, 62):
        d.ellipse([x - r, 20 - r, x + r, 20 + r], outline=c[0], width=int(4 + 5 * a[1]))
    d.line([-62, 20, -15, -45 * a[2], 42, -45 * a[2], 62, 20], fill=c[1], width=7)
    d.line([-62, 20, 0, 24, 42, -45 * a[2]], fill=c[1], width=7)
    d.line([-15, -45 * a[2], 0, 24], fill=c[1], width=7)
    d.line([30, -62 * a[2], 58, -62 * a[2]], fill=c[2], width=8)


KINDS = (_mug, _bottle, _chair, _table, _lamp, _clock, _book, _umbrella, _ball, _cutlery, _plant, _bicycle)


class _Pen:
    """Draws in coordinates around a moved, scaled center."""

    def __init__(self, draw, x, y, scale):
        self.draw, self.at, self.scale = draw, np.array([x, y]), scale

    def __getattr__(self, shape):
        def call(points, *more, **how):
            flat = (np.array(points, float).reshape(-1, 2) * self.scale + self.at)
            if shape not in ("polygon", "line"):
                flat = np.stack([flat.min(0), flat.max(0)])
            getattr(self.draw, shape)([tuple(p) for p in flat], *more, **how)
        return call


def draw(per_kind=40, seed=7):
    """Pictures uint8 [n, 256, 256, 3] and their kinds [n]: one thing each, random colors, size, place, tilt, light and ground."""
    rng = np.random.default_rng(seed)
    pictures, kinds = [], []
    for kind in range(len(KINDS)):
        for _ in range(per_kind):
            plain = rng.random() < 0.5
            ground = np.array([255, 255, 255] if plain else rng.integers(60, 256, 3), np.float32)
            y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
            wave = (0 if plain else rng.uniform(0, 25)) * np.sin(rng.uniform(5, 90) * (x * rng.normal() + y * rng.normal()))
            image = Image.fromarray(np.clip(ground + wave[..., None], 0, 255).astype(np.uint8))
            thing = image.copy()
            place = (*(128 + rng.normal(0, 12, 2)), rng.uniform(0.65, 1.15))
            colors = [tuple(int(v) for v in rng.integers(0, 230, 3)) for _ in range(3)]
            shape = rng.uniform(0.6, 1.15, 3)
            KINDS[kind](_Pen(ImageDraw.Draw(thing), *place), colors, shape)
            light = 1 - rng.uniform(0, 0.5) * (x * rng.random() + y * rng.random())
            lit = Image.fromarray((np.asarray(thing) * light[..., None]).astype(np.uint8))
            image = lit.rotate(rng.normal(0, 8), Image.BILINEAR, fillcolor=tuple(int(v) for v in np.asarray(lit)[2, 2]))
            pixels = np.asarray(image) + rng.normal(0, rng.uniform(0, 10), (SIZE, SIZE, 1))
            pictures.append(np.clip(pixels, 0, 255).astype(np.uint8))
            kinds.append(kind)
    return np.stack(pictures), np.array(kinds)
