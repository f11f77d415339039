// The keyboard's place outlives a snapshot: rows may move, and a button may become another one.

/**
 * Returns `keep()`, to be called after each drawing of `place`. Rows carry `data-<row>`; where the focused element is
 * gone, its row's `home` takes over, and where the row is gone as well, `otherwise`.
 */
export function focusKeeper(place, { row = "visit", home = ".acts :is(button, a)", otherwise = null } = {}) {
  let last = null;
  let whose = null;
  place.addEventListener("focusin", ({ target }) => {
    last = target;
    whose = target.closest(`[data-${row}]`)?.dataset[row] ?? null;
  });
  place.addEventListener("pointerdown", ({ target }) => {
    if (!target.closest("button, a")) last = null;
  });
  // Drawing gives the focus back at once; who is nowhere after that has left by their own will.
  place.addEventListener("focusout", () => setTimeout(() => {
    if (document.activeElement === document.body) last = null;
  }));
  return function keep() {
    if (!last || document.activeElement !== document.body) return;
    const beside = () => whose && place.querySelector(`[data-${row}="${CSS.escape(whose)}"] ${home}`);
    const target = last.isConnected ? last : (beside() ?? (otherwise && place.querySelector(otherwise)));
    target?.focus({ preventScroll: true });
  };
}
