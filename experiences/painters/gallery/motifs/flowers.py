"""A blue jug of roses and daisies."""

import numpy as np
from scene import HEIGHT, Plane, Scene, ellipse, smooth


def flowers() -> Plane:
    """Draw a blue jug of roses, daisies and leaves in an open window's light."""
    s = Scene(4)
    s.wash([(0, (178, 200, 176)), (0.5, (206, 196, 166)), (1, (176, 150, 136))], 0, 118)
    s.glow(20, 20, 60, (250, 246, 214), 0.85)
    s.mottle(np.ones(s.rgb.shape[:2], np.float32), 14, 10)
    s.wash([(0, (214, 178, 140)), (1, (128, 82, 62))], 116, HEIGHT)
    s.mottle((s.rows > 116).astype(np.float32), 9, 9)
    s.shadow(ellipse(66, 143, 36, 5.5, -3), 0.6, 2.5, (54, 32, 60))
    jug = smooth(
        [
            (40, 92),
            (66, 92),
            (68, 98),
            (75, 110),
            (77, 124),
            (70, 138),
            (60, 143.5),
            (46, 143.5),
            (36, 138),
            (29, 124),
            (31, 110),
            (38, 98),
        ]
    )
    glaze = s.shape(jug, (62, 104, 178), shade=(16, 28, 82), light=(190, 216, 244), gloss=0.5)
    for x, y in ((40, 122), (53, 126), (66, 121)):
        for k in range(6):
            a = np.deg2rad(k * 60)
            s.fill(
                s.mask(ellipse(x + 3 * np.cos(a), y + 3 * np.sin(a), 2.2, 1.2, k * 60)) * glaze,
                (226, 236, 246),
                0.7,
            )
    for _ in range(110):
        turn, reach = s.random.uniform(-np.pi - 0.5, 0.5), s.random.uniform(18, 50)
        x, y = 53 + 0.95 * reach * np.cos(turn), 62 + reach * np.sin(turn) * 1.15
        a = s.random.uniform(0, 360)
        s.shape(
            ellipse(x, y, s.random.uniform(6, 12), s.random.uniform(2, 4), a),
            ((64, 118, 62), (96, 142, 74), (44, 92, 70))[int(s.random.integers(3))],
            roundness=0.7,
        )
    for _ in range(70):
        turn, reach = s.random.uniform(-np.pi - 0.4, 0.4), s.random.uniform(26, 54)
        x, y = 53 + 0.9 * reach * np.cos(turn), 60 + reach * np.sin(turn) * 1.08
        s.shape(
            ellipse(x, y, 1.9, 1.7),
            ((96, 110, 196), (236, 220, 130), (190, 120, 190))[int(s.random.integers(3))],
        )
    blooms = [
        (52, 60, 15, (226, 92, 108)), (30, 52, 12, (248, 190, 180)), (76, 52, 13, (246, 226, 200)), (42, 33, 12, (240, 130, 120)),
        (66, 31, 12, (206, 50, 74)), (20, 72, 10, (214, 70, 92)), (86, 74, 11, (240, 150, 140)), (54, 82, 12, (250, 214, 196)),
        (36, 76, 10, (232, 110, 90)), (70, 74, 9, (252, 236, 226)), (54, 14, 9, (250, 206, 200)), (84, 34, 8, (250, 196, 90)), (24, 30, 8, (250, 214, 110)),
    ]  # fmt: skip
    for x, y, r, tone in blooms:
        s.shadow(ellipse(x + 1.5, y + 2, r, r), 0.4, 1.4, (24, 50, 50))
        deep = tuple(int(c * 0.55) for c in tone)
        s.shape(ellipse(x, y, r, r * 0.94), tone, shade=(deep[0], deep[1], deep[2] + 20))
        for ring in (0.82, 0.62, 0.42, 0.24):
            for k in range(5):
                a = k * 72 + ring * 210 + x * 7
                px, py = (
                    x + r * ring * 0.62 * np.cos(np.deg2rad(a)),
                    y + r * ring * 0.58 * np.sin(np.deg2rad(a)),
                )
                s.shape(
                    ellipse(px, py, r * 0.44 * (0.55 + ring * 0.6), r * 0.3 * (0.55 + ring * 0.6), a + 90),
                    tone,
                    shade=(deep[0], deep[1], deep[2] + 10),
                    roundness=0.9,
                )
    for x, y in ((12, 54), (94, 54), (64, 50), (40, 62), (66, 92), (30, 90), (73, 16), (34, 16)):
        for k in range(11):
            a = k * 360 / 11
            px, py = x + 4.2 * np.cos(np.deg2rad(a)), y + 4.0 * np.sin(np.deg2rad(a))
            s.shape(ellipse(px, py, 3.0, 1.1, a), (250, 248, 240), shade=(168, 176, 204), roundness=0.6)
        s.shape(ellipse(x, y, 2.2, 2.1), (246, 186, 40))
    for x, y in ((84, 140), (22, 146), (92, 148)):
        s.shape(ellipse(x, y, 4.5, 2.3, 20), (238, 140, 140), shade=(150, 60, 80))
    return s.picture()
