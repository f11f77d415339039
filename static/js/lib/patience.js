// A short gap is nobody's business; a longer one is said.

const LOST_AFTER_MS = 3_000;

/** `lost` turns true when nothing was found for three seconds after the first miss; `onChange` hears of each turn. */
export class Patience {
  lost = false;
  #timer = 0;

  constructor(onChange) {
    this.onChange = onChange;
  }

  missed() {
    this.#timer ||= setTimeout(() => {
      this.lost = true;
      this.onChange();
    }, LOST_AFTER_MS);
  }

  found() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.lost) return;
    this.lost = false;
    this.onChange();
  }
}

/** Calls `wake` when somebody looks at the page again or the network comes back: phones freeze what is not looked at. */
export function onWaking(wake) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  window.addEventListener("online", wake);
}
