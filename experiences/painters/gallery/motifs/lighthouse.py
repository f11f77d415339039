"""A lighthouse on its rock."""

import numpy as np
from scene import HEIGHT, Plane, Scene, ellipse, smooth


def lighthouse() -> Plane:
    """Draw a red and white lighthouse on a rock, its beam over an evening sea."""
    s = Scene(6)
    s.wash([(0, (30, 84, 170)), (0.6, (98, 160, 216)), (1, (206, 226, 236))], 0, 112)
    s.clouds(44, 108, (252, 250, 246), 44, 0.95)
    for outline in ([(50, 28), (112, 4), (112, 42)], [(44, 28), (-6, 14), (-6, 40)]):
        s.fill(s.mask(np.array(outline, np.float64), 0.5), (255, 232, 120), 0.75)
    s.wash([(0, (60, 130, 190)), (1, (14, 50, 110))], 110, HEIGHT)
    for _ in range(120):
        y = 111 + 43 * s.random.random()
        x, reach = s.random.uniform(-5, 111), 2 + (y - 110) * 0.2
        s.line(
            smooth([(x - reach, y), (x, y - 0.9), (x + reach, y)], closed=False),
            0.5 + (y - 110) * 0.012,
            (236, 244, 248) if s.random.random() < 0.5 else (20, 66, 132),
        )
    rock = smooth(
        [
            (4, 134),
            (14, 120),
            (28, 112),
            (44, 108),
            (62, 109),
            (78, 116),
            (92, 126),
            (102, 140),
            (84, 147),
            (50, 149),
            (20, 146),
        ]
    )
    stone = s.shape(rock, (176, 150, 112), shade=(60, 50, 60), light=(236, 214, 170), roundness=0.8)
    for outline in (
        [(22, 128), (30, 118), (33, 120), (27, 134)],
        [(52, 120), (56, 116), (60, 138), (54, 136)],
        [(76, 122), (80, 122), (88, 138), (82, 138)],
    ):
        s.fill(s.mask(smooth(outline), 0.5) * stone, (52, 44, 52), 0.85)
    s.fill(s.mask(smooth([(20, 118), (40, 107), (64, 108), (80, 117), (60, 114), (38, 113)])), (92, 150, 70))
    for x in range(2, 104, 6):
        s.fill(s.mask(ellipse(x, 146 + 2.5 * np.sin(x), 5.4, 2.6), 0.4), (248, 252, 252))
    foot, head, low, high = 14.5, 8.5, 112.0, 40.0
    middle = 47.0

    def half(y: float) -> float:
        return head + (foot - head) * (y - high) / (low - high)

    tower = np.array(
        [(middle - head, high), (middle + head, high), (middle + foot, low), (middle - foot, low)]
    )
    wall = s.shape(tower, (246, 242, 232), shade=(120, 124, 160), light=(255, 255, 252), roundness=1.4)
    for top in (40, 69, 98):
        bottom = min(top + 14.5, low)
        band = np.array(
            [
                (middle - half(top), top),
                (middle + half(top), top),
                (middle + half(bottom), bottom),
                (middle - half(bottom), bottom),
            ]
        )
        shine = s.rgb.mean(-1, keepdims=True) / 245
        s.rgb += (np.array((214, 32, 40), np.float32) * shine - s.rgb) * (s.mask(band) * wall)[..., None]
    for y in (60, 88):
        s.fill(
            s.mask(
                smooth([(middle - 2, y), (middle + 2, y), (middle + 2, y + 6), (middle - 2, y + 6)], steps=5)
            ),
            (30, 40, 80),
        )
    s.fill(
        s.mask(
            smooth(
                [(middle - 3.4, 101), (middle + 3.4, 101), (middle + 3.4, 112), (middle - 3.4, 112)], steps=5
            )
        ),
        (34, 62, 120),
    )
    s.shape(
        np.array([(middle - 12, 37), (middle + 12, 37), (middle + 12, 41), (middle - 12, 41)]),
        (40, 44, 60),
        roundness=0.5,
    )
    s.fill(
        s.mask(np.array([(middle - 6.5, 21), (middle + 6.5, 21), (middle + 6.5, 37), (middle - 6.5, 37)])),
        (255, 226, 90),
    )
    s.glow(middle, 28.5, 9, (255, 250, 200), 0.9)
    for x in (-6.5, -2.2, 2.2, 6.5):
        s.line(np.array([(middle + x, 21), (middle + x, 37)]), 0.8, (34, 36, 52))
    s.shape(
        smooth(
            [(middle - 9, 21.5), (middle - 5, 14), (middle, 10), (middle + 5, 14), (middle + 9, 21.5)],
            steps=10,
        ),
        (206, 30, 38),
        shade=(96, 10, 24),
    )
    s.line(np.array([(middle, 11), (middle, 4)]), 0.9, (34, 36, 52))
    s.fill(s.mask(np.array([(68, 100), (86, 100), (86, 118), (68, 118)])), (248, 240, 220))
    s.fill(s.mask(np.array([(65, 101), (77, 90), (89, 101)])), (206, 44, 40))
    s.fill(s.mask(np.array([(73, 106), (78, 106), (78, 118), (73, 118)])), (34, 62, 120))
    for x, y in ((16, 58), (24, 66), (88, 62)):
        s.line(
            smooth([(x - 5, y - 2), (x - 2, y - 3), (x, y), (x + 2, y - 3), (x + 5, y - 2)], closed=False),
            0.8,
            (24, 30, 52),
        )
    return s.picture()
