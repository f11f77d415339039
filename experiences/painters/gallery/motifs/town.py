"""A town asleep under a moon."""

import numpy as np
from scene import Plane, Scene, ellipse, smooth


def town() -> Plane:
    """Draw a town asleep under a moon, a cypress before it, some windows awake."""
    s = Scene(3)
    s.wash([(0, (16, 28, 84)), (0.5, (38, 74, 150)), (1, (112, 156, 190))], 0, 104)
    s.clouds(30, 84, (110, 150, 200), 50, 0.6)
    s.glow(80, 27, 26, (250, 226, 130), 0.75)
    s.fill(s.mask(ellipse(80, 27, 10.5, 10.5)), (255, 240, 168))
    s.fill(s.mask(ellipse(76, 24, 8.4, 8.4), 0.3), (250, 210, 96), 0.55)
    for x, y, r in (
        (36, 14, 2.0),
        (52, 30, 1.5),
        (44, 50, 1.8),
        (60, 12, 1.3),
        (100, 56, 1.7),
        (28, 36, 1.4),
        (64, 58, 1.2),
        (94, 8, 1.4),
        (72, 48, 1.0),
    ):
        s.glow(x, y, r * 3.0, (255, 240, 170), 0.85)
        s.fill(s.mask(ellipse(x, y, r * 0.8, r * 0.8)), (255, 252, 224))
    back = smooth([(-4, 98), (18, 84), (40, 92), (60, 80), (84, 90), (112, 76), (112, 120), (-4, 120)])
    s.shape(back, (46, 84, 126), shade=(22, 40, 88), light=(90, 140, 160), roundness=0.5)
    front = smooth([(-4, 112), (20, 104), (50, 108), (80, 100), (112, 106), (112, 160), (-4, 160)])
    s.shape(front, (40, 84, 74), shade=(14, 36, 52), light=(90, 136, 92), roundness=0.4)
    s.mottle(s.mask(front), 4, 10)
    houses = [
        (36, 112, 13, 13, (196, 170, 120)), (50, 106, 11, 16, (150, 150, 170)), (62, 112, 14, 13, (206, 150, 96)),
        (78, 108, 12, 15, (168, 174, 186)), (91, 114, 13, 14, (190, 140, 104)), (44, 126, 15, 15, (170, 160, 150)),
        (61, 128, 14, 15, (214, 182, 128)), (78, 127, 16, 16, (142, 148, 178)),
    ]  # fmt: skip
    for index, (x, y, w, h, wall) in enumerate(houses):
        s.shadow(np.array([(x + 2, y + h), (x + w + 4, y + h), (x + w + 4, y + 3)]), 0.6, 1.0, (8, 16, 40))
        s.fill(s.mask(np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])), wall)
        s.fill(
            s.mask(np.array([(x + w * 0.62, y), (x + w, y), (x + w, y + h), (x + w * 0.62, y + h)])),
            (40, 44, 84),
            0.55,
        )
        roof = np.array([(x - 1.5, y + 0.4), (x + w * 0.42, y - 7.5), (x + w + 1.5, y + 0.4)])
        s.fill(s.mask(roof), (150, 66, 46) if index % 2 else (52, 72, 118))
        s.fill(
            s.mask(np.array([(x + w * 0.42, y - 7.5), (x + w + 1.5, y + 0.4), (x + w * 0.62, y + 0.4)])),
            (30, 24, 56),
            0.5,
        )
        for k in range(2):
            wx, wy = x + 2 + k * w * 0.34, y + 3.5 + (index % 3)
            awake = (index + k) % 3 != 1
            s.fill(
                s.mask(np.array([(wx, wy), (wx + 2.6, wy), (wx + 2.6, wy + 4), (wx, wy + 4)])),
                (255, 208, 74) if awake else (30, 40, 80),
            )
            if awake:
                s.glow(wx + 1.3, wy + 2, 4.2, (255, 200, 80), 0.35)
    s.fill(s.mask(np.array([(70.5, 98), (76.5, 98), (76.5, 118), (70.5, 118)])), (120, 128, 160))
    s.fill(s.mask(np.array([(69.5, 99), (73.5, 72), (77.5, 99)])), (44, 58, 104))
    tree = smooth(
        [
            (14, 150),
            (6, 128),
            (4, 100),
            (9, 74),
            (12, 48),
            (16, 22),
            (20, 46),
            (26, 76),
            (30, 104),
            (29, 130),
            (22, 150),
        ]
    )
    green = s.shape(tree, (30, 66, 48), shade=(8, 20, 34), light=(78, 116, 64), roundness=0.9)
    for _ in range(70):
        x, y = s.random.uniform(4, 30), s.random.uniform(26, 148)
        s.fill(
            s.mask(smooth([(x, y), (x + 1.4, y - 6), (x + 0.6, y - 12), (x - 1, y - 5)]), 0.3) * green,
            (66, 104, 56) if x < 17 else (12, 30, 40),
            0.6,
        )
    return s.picture()
