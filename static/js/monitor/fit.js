// Texts of any length fit their boxes by measured steps of size; the boxes never move.

const STEPS = 9;
const SMALLEST = 30;
const SHRINK = 0.9;
const SLACK = 2; // px, of rounding
const HANGING = 0.4; // of the letters' height: they hang out of a tight line box, a whole line never does

function overflows(box) {
  const hanging = HANGING * Number.parseFloat(getComputedStyle(box).fontSize);
  return box.scrollWidth > box.clientWidth + SLACK || box.scrollHeight > box.clientHeight + hanging;
}

function startingSize(box) {
  box.style.removeProperty("--size");
  return Number.parseFloat(getComputedStyle(box).getPropertyValue("--size"));
}

/** Gives each `[data-fit]` under `root` the largest of its sizes at which its text stays inside its box. */
export function fit(root) {
  for (const box of root.querySelectorAll("[data-fit]")) {
    let size = startingSize(box) || Number(box.dataset.fit);
    for (let step = 0; step < STEPS && overflows(box) && size > SMALLEST; step += 1) {
      size = Math.max(SMALLEST, Math.round(size * SHRINK));
      box.style.setProperty("--size", size);
    }
  }
}

/** Fits again whenever the letters or the screen change under the texts. */
export function keepFitting(root) {
  window.addEventListener("resize", () => fit(root));
  document.fonts.addEventListener("loadingdone", () => fit(root));
}
