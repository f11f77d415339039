"""A sailing boat on a bay."""

import numpy as np
from scene import HEIGHT, Plane, Scene, ellipse, smooth


def boat() -> Plane:
    """Draw a sailing boat with ochre and white sails on a blue bay."""
    s = Scene(2)
    s.wash([(0, (66, 124, 196)), (0.6, (158, 200, 226)), (1, (250, 222, 178))], 0, 92)
    s.clouds(4, 76, (255, 250, 240), 46, 0.85)
    s.glow(86, 30, 16, (255, 240, 190), 0.9)
    s.fill(s.mask(ellipse(86, 30, 6.5, 6.5)), (255, 226, 110))
    hills = smooth(
        [(-4, 92), (10, 80), (26, 84), (40, 76), (58, 86), (76, 79), (96, 85), (112, 78), (112, 96), (-4, 96)]
    )
    s.shape(hills, (104, 124, 150), shade=(66, 78, 122), light=(150, 160, 160), roundness=0.4)
    s.wash([(0, (128, 178, 196)), (0.35, (38, 112, 158)), (1, (12, 44, 98))], 91, HEIGHT)
    for _ in range(260):
        y = 92 + 62 * s.random.random() ** 0.8
        x, reach = s.random.uniform(-5, 111), 1.5 + (y - 92) * 0.13
        tone = [(196, 226, 232), (20, 74, 130), (92, 160, 188)][int(s.random.integers(3))]
        wave = smooth([(x - reach, y), (x, y - 0.5), (x + reach, y + 0.2)], closed=False)
        s.line(wave, 0.25 + (y - 92) * 0.012, tone)
    for k in range(16):
        y, reach = 119 + k * 2.1, 17 - k * 0.6 + 3 * np.sin(k * 2.1)
        s.line(
            np.array([(50 - reach, y), (50 + reach * 0.9, y + 0.3)]),
            1.1,
            [(232, 226, 206), (206, 140, 56), (150, 48, 36)][k % 3],
        )
    s.shape(
        np.array([(52, 14), (54, 98), (94, 99), (78, 66), (64, 36)]),
        (244, 240, 226),
        shade=(150, 160, 190),
        light=(255, 255, 250),
        roundness=0.5,
    )
    s.fill(s.mask(np.array([(52.6, 58), (74, 60), (78.5, 67), (53, 66)])), (206, 58, 44), 0.9)
    s.shape(
        smooth([(49, 18), (47, 60), (48, 98), (32, 100), (12, 99), (26, 78), (40, 48)]),
        (224, 156, 52),
        shade=(146, 76, 24),
        light=(255, 214, 120),
        roundness=0.6,
    )
    s.line(np.array([(50.5, 9), (51.5, 104)]), 1.5, (84, 52, 32))
    s.line(np.array([(12, 100.5), (94, 100.5)]), 1.1, (96, 60, 36))
    s.shape(np.array([(51, 8), (62, 11), (51, 14)]), (206, 40, 40), roundness=0.3)
    s.shadow(ellipse(52, 120, 40, 3.4), 0.6, 1.4, (8, 30, 70))
    hull = smooth(
        [
            (8, 103),
            (30, 105.5),
            (60, 106),
            (86, 104),
            (99, 101),
            (92, 113),
            (80, 119.5),
            (52, 121),
            (26, 119),
            (14, 112),
        ]
    )
    s.shape(hull, (164, 44, 38), shade=(74, 16, 26), light=(226, 110, 84), roundness=0.8, gloss=0.1)
    s.line(smooth([(9, 104.5), (30, 107), (60, 107.6), (97, 102.6)], closed=False), 1.3, (246, 236, 210))
    return s.picture()
