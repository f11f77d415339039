// The keyboard's place outlives a snapshot: rows may move, and a button may become another one.

/** Returns `keep()`, to be called after each drawing of `place`. */
export function focusKeeper(place) {
  let last = null;
  let visit = null;
  place.addEventListener("focusin", ({ target }) => {
    last = target;
    visit = target.closest("[data-visit]")?.dataset.visit ?? null;
  });
  place.addEventListener("pointerdown", ({ target }) => {
    if (!target.closest("button, a")) last = null;
  });
  return function keep() {
    if (!last || document.activeElement !== document.body) return;
    const beside = () => visit && place.querySelector(`[data-visit="${CSS.escape(visit)}"] .acts :is(button, a)`);
    const target = last.isConnected ? last : beside();
    target?.focus({ preventScroll: true });
  };
}
