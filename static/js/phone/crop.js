// The painting's 106:154 window over a photo: how far it can move, and what a thumb or an arrow key does.

export const RATIO = 106 / 154;
const KEY_STEP = 0.04;
const KEYS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Part of the photo's width and height that the window shows; one of them is 1. */
export function shown({ width, height }) {
  const ratio = width / height / RATIO;
  return ratio > 1 ? { x: 1 / ratio, y: 1 } : { x: 1, y: ratio };
}

/** Whether there is anything to move. */
export function movable(draft) {
  const part = shown(draft);
  return part.x < 0.995 || part.y < 0.995;
}

/** CSS percentages that put the focus in the middle of the window. */
export function position(draft) {
  const part = shown(draft);
  const along = (focus, visible) => (visible === 1 ? 50 : ((focus - visible / 2) / (1 - visible)) * 100);
  return { "--x": `${along(draft.x, part.x).toFixed(2)}%`, "--y": `${along(draft.y, part.y).toFixed(2)}%` };
}

/** Which way the photo can be moved, "x" or "y". */
export function way(draft) {
  const part = shown(draft);
  return part.x < part.y ? "x" : "y";
}

/** How far the window stands along its way, 0 to 100. */
export function along(draft) {
  return Math.round(Number.parseFloat(position(draft)[`--${way(draft)}`]));
}

/** Moves the focus by fractions of the photo, within it. */
export function move(draft, dx, dy) {
  const part = shown(draft);
  const within = (focus, visible) => Math.min(1 - visible / 2, Math.max(visible / 2, focus));
  draft.x = within(draft.x + dx, part.x);
  draft.y = within(draft.y + dy, part.y);
  draft.moved = true;
}

/** Handlers for the window: the photo follows the thumb, arrow keys push it. */
export function handles(draft, redraw) {
  return {
    down(event) {
      event.currentTarget.setPointerCapture(event.pointerId);
      draft.grip = [event.clientX, event.clientY];
    },
    move(event) {
      if (!draft.grip) return;
      const box = event.currentTarget.getBoundingClientRect();
      const part = shown(draft);
      move(
        draft,
        ((draft.grip[0] - event.clientX) / box.width) * part.x,
        ((draft.grip[1] - event.clientY) / box.height) * part.y,
      );
      draft.grip = [event.clientX, event.clientY];
      redraw();
    },
    up() {
      draft.grip = null;
    },
    key(event) {
      const step = KEYS[event.key];
      if (!step) return;
      event.preventDefault();
      move(draft, step[0] * -KEY_STEP, step[1] * -KEY_STEP);
      redraw();
    },
  };
}
