"""A ginger cat on a yellow chair."""

import numpy as np
from scene import HEIGHT, Plane, Scene, ellipse, smooth


def cat() -> Plane:
    """Draw a ginger cat upright on a yellow chair before a blue-green wall."""
    s = Scene(5)
    s.wash([(0, (120, 172, 166)), (1, (84, 140, 150))], 0, 118)
    s.glow(20, 20, 60, (190, 220, 196), 0.6)
    s.mottle(np.ones(s.rgb.shape[:2], np.float32), 12, 7)
    s.wash([(0, (176, 92, 66)), (1, (120, 52, 44))], 116, HEIGHT)
    for y in (120, 127, 136, 147):
        s.line(np.array([(0, y), (106, y + 1)]), 0.7, (92, 40, 40))
    wood, dim, lit = (226, 170, 50), (130, 80, 26), (255, 224, 130)

    def post(x: float, top: float, bottom: float, wide: float = 5.0) -> None:
        s.shape(
            smooth([(x, top), (x + wide, top), (x + wide, bottom), (x, bottom)], steps=6),
            wood,
            shade=dim,
            light=lit,
        )

    post(15, 10, 150, 6)
    post(84, 10, 150, 6)
    for y in (16, 34):
        s.shape(
            smooth([(19, y), (52, y - 4), (86, y), (86, y + 8), (52, y + 5), (19, y + 8)]),
            wood,
            shade=dim,
            light=lit,
        )
    s.shadow(ellipse(58, 148, 50, 6), 0.5, 3, (50, 16, 40))
    s.shape(
        np.array([(10, 110), (96, 110), (102, 124), (4, 124)]),
        (222, 186, 96),
        shade=(140, 100, 40),
        light=(246, 222, 150),
        roundness=0.5,
    )
    for k in range(20):
        x = 10 + k * 4.4
        s.line(np.array([(x, 110.5), (x - 3 + k * 0.3, 123.5)]), 0.5, (168, 124, 52))
    s.shape(np.array([(4, 123), (102, 123), (102, 130), (4, 130)]), wood, shade=dim, light=lit, roundness=0.6)
    post(6, 128, 156, 7)
    post(93, 128, 156, 7)
    s.shadow(ellipse(58, 116, 32, 5), 0.55, 1.6, (80, 40, 30))
    fur, deep, bright = (226, 122, 44), (116, 46, 22), (255, 200, 120)
    tail = smooth(
        [(74, 108), (88, 108), (96, 98), (97, 84), (91, 78), (87, 82), (89, 92), (84, 99), (72, 100)]
    )
    s.shape(tail, fur, shade=deep, light=bright)
    body = smooth(
        [
            (38, 62),
            (50, 58),
            (64, 62),
            (74, 76),
            (79, 94),
            (78, 110),
            (68, 117),
            (50, 118),
            (34, 117),
            (26, 110),
            (27, 92),
            (31, 76),
        ]
    )
    coat = s.shape(body, fur, shade=deep, light=bright, roundness=0.9)
    for k, y in enumerate((72, 80, 88, 96, 104)):
        s.fill(
            s.mask(
                smooth([(62 + k, y), (70 + k * 2, y + 3), (80, y + 5), (70 + k, y + 7), (61 + k, y + 3)]), 0.4
            )
            * coat,
            (150, 64, 24),
            0.75,
        )
    s.fill(
        s.mask(smooth([(40, 66), (52, 64), (60, 72), (58, 92), (50, 104), (42, 92)]), 1.2) * coat,
        (252, 234, 206),
        0.9,
    )
    for x in (38, 51):
        s.shape(
            smooth(
                [
                    (x, 86),
                    (x + 10, 86),
                    (x + 10.5, 108),
                    (x + 12, 116),
                    (x + 6, 119),
                    (x - 1, 117),
                    (x - 0.5, 106),
                ]
            ),
            fur,
            shade=deep,
            light=bright,
        )
        s.shape(ellipse(x + 5.3, 115.5, 6.4, 3.6), (250, 232, 206), shade=(170, 120, 90))
    for left in (True, False):
        ear = [(27, 45), (25, 20), (43, 32)] if left else [(57, 32), (75, 20), (73, 45)]
        s.shape(smooth(ear, steps=8), fur, shade=deep, light=bright, roundness=0.6)
        inner = [(30, 40), (29, 26), (39, 33)] if left else [(61, 33), (71, 26), (70, 40)]
        s.fill(s.mask(smooth(inner, steps=8), 0.4), (230, 150, 140))
    face = smooth(
        [
            (50, 30),
            (64, 32),
            (74, 42),
            (76, 54),
            (68, 65),
            (58, 70),
            (50, 71),
            (42, 70),
            (32, 65),
            (24, 54),
            (26, 42),
            (36, 32),
        ]
    )
    head = s.shape(face, fur, shade=deep, light=bright, roundness=0.8)
    s.fill(s.mask(ellipse(50, 63, 12, 8), 1.4) * head, (254, 238, 212), 0.95)
    for x in (42, 50, 58):
        s.fill(
            s.mask(smooth([(x - 1.5, 31), (x + 1.5, 31), (x + 0.6, 42), (x - 0.6, 42)]), 0.3) * head,
            (140, 56, 20),
            0.85,
        )
    for x in (39, 61):
        s.fill(s.mask(ellipse(x, 50, 6.6, 5.4)), (50, 24, 14))
        s.shape(ellipse(x, 50, 5.8, 4.7), (150, 196, 60), shade=(70, 120, 30), light=(226, 246, 140))
        s.fill(s.mask(ellipse(x, 50, 1.7, 4.4)), (12, 12, 14))
        s.fill(s.mask(ellipse(x - 1.6, 48, 1.1, 1.1)), (255, 255, 255))
    s.shape(smooth([(47, 58), (53, 58), (50, 62)], steps=8), (220, 100, 100))
    for way in (-1, 1):
        s.line(
            smooth([(50, 62), (50 + way * 3, 65.5), (50 + way * 6.5, 64.5)], closed=False), 0.7, (90, 36, 26)
        )
        for k in range(3):
            s.line(
                smooth(
                    [
                        (50 + way * 9, 61 + k * 1.6),
                        (50 + way * 22, 58 + k * 3.2),
                        (50 + way * 31, 58 + k * 5),
                    ],
                    closed=False,
                ),
                0.35,
                (255, 250, 240),
            )
    return s.picture()
