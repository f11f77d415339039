"""A pear, a lemon and half a lemon on a blue cloth."""

import numpy as np
from scene import HEIGHT, Plane, Scene, ellipse, smooth


def pear() -> Plane:
    """Draw a pear, a lemon and a cut lemon on a blue cloth before a warm wall."""
    s = Scene(1)
    s.wash([(0, (214, 196, 160)), (0.6, (186, 150, 112)), (1, (150, 110, 84))], 0, 98)
    s.glow(18, 12, 62, (252, 240, 206), 0.85)
    s.mottle(np.ones(s.rgb.shape[:2], np.float32), 16, 7)
    s.wash([(0, (92, 128, 190)), (0.4, (64, 98, 172)), (1, (34, 54, 122))], 96, HEIGHT)
    for x, dx, tone in (
        (8, 10, (44, 70, 142)),
        (44, -6, (40, 64, 138)),
        (78, 14, (120, 154, 208)),
        (98, 6, (38, 60, 130)),
    ):
        fold = smooth([(x, 97), (x + dx * 0.5, 116), (x + dx * 0.6, 136), (x + dx, 156)], closed=False)
        s.fill(s.mask(np.concatenate([fold, fold[::-1] + np.array([7, 0])]), 1.6), tone, 0.55)
    s.line(np.array([(0, 96.4), (106, 96.4)]), 0.9, (226, 232, 244))
    s.shadow(ellipse(62, 122, 42, 7.5, -4), 0.7, 2.5, (16, 22, 66))
    s.shape(
        ellipse(52, 119, 44, 11), (236, 232, 222), shade=(128, 138, 172), light=(255, 253, 246), roundness=0.7
    )
    s.fill(s.mask(ellipse(52, 118, 33, 7.2), 0.3), (206, 208, 214), 0.8)
    s.shadow(ellipse(55, 119, 24, 5, -4), 0.6, 1.6, (60, 60, 96))
    body = smooth(
        [
            (43, 26),
            (50, 30),
            (53.5, 42),
            (56, 56),
            (65, 70),
            (71, 88),
            (68, 106),
            (56, 116.5),
            (42, 118),
            (27, 114),
            (17, 102),
            (17, 86),
            (25, 70),
            (32, 57),
            (34.5, 42),
            (37, 30),
        ]
    )
    whole = s.shape(
        body, (196, 190, 44), shade=(70, 92, 22), light=(250, 240, 150), roundness=1.05, gloss=0.25
    )
    s.fill(s.mask(ellipse(59, 92, 10, 21, -12), 5) * whole, (214, 92, 40), 0.62)
    s.mottle(whole, 3.0, 6)
    for _ in range(160):
        x, y = s.random.uniform(17, 71), s.random.uniform(34, 116)
        s.fill(s.mask(ellipse(x, y, 0.28, 0.28)) * whole, (120, 96, 30), 0.55)
    s.shadow(ellipse(43.5, 31.5, 4, 1.4), 0.6, 0.7, (60, 50, 14))
    s.line(smooth([(43.5, 31), (43, 24), (46, 17), (50, 13)], closed=False), 2.2, (84, 56, 30))
    s.line(smooth([(43, 30), (42.4, 24), (45.3, 17)], closed=False), 0.6, (160, 118, 70))
    leaf = smooth([(46, 19), (56, 10), (70, 9), (80, 15), (70, 22), (57, 23)])
    s.shape(leaf, (74, 134, 56), shade=(22, 66, 36), light=(168, 206, 112), roundness=0.8)
    s.line(smooth([(47, 19), (60, 16), (78, 15)], closed=False), 0.6, (190, 214, 140))
    s.shadow(ellipse(86, 124, 18, 5), 0.6, 1.8, (12, 18, 60))
    lemon = smooth(
        [
            (60, 112),
            (66, 102),
            (78, 97),
            (90, 100),
            (97, 106.5),
            (101, 110),
            (97, 114),
            (88, 122),
            (76, 124),
            (65, 119),
        ]
    )
    rind = s.shape(
        lemon, (250, 206, 30), shade=(176, 104, 12), light=(255, 246, 160), roundness=1.0, gloss=0.35
    )
    s.mottle(rind, 1.4, 5)
    s.shadow(ellipse(32, 138, 20, 5), 0.65, 1.8, (12, 18, 60))
    s.shape(ellipse(28, 132, 17, 13, -8), (246, 196, 26), shade=(160, 92, 14), light=(255, 232, 110))
    s.fill(s.mask(ellipse(29.5, 131, 15.2, 12, -8)), (255, 248, 220))
    s.fill(s.mask(ellipse(29.5, 131, 13.4, 10.4, -8)), (250, 220, 90))
    for turn in range(0, 360, 45):
        c, d = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
        s.line(np.array([(29.5, 131), (29.5 + 13 * c, 131 + 10 * d)]), 0.9, (255, 248, 220))
    s.fill(s.mask(ellipse(29.5, 131, 1.8, 1.5)), (255, 248, 220))
    return s.picture()
