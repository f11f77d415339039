// One painting at a time from visitors who said yes; the next one comes only when it can be shown whole.
import { ready } from "@articket/monitor/pictures.js";

export class Gallery {
  shown = null;
  leaving = null;
  #turn = 0;
  #pictures = [];
  #seconds = 0;

  constructor(redraw) {
    this.redraw = redraw;
  }

  /** Takes the paintings of the latest snapshot and keeps turning. */
  hang(pictures, seconds) {
    this.#pictures = pictures;
    const gone = this.shown && !pictures.some(({ url }) => url === this.shown.url);
    if (!this.shown || gone) this.#show(pictures[0] ?? null);
    if (!pictures.some(({ url }) => url === this.leaving?.url)) this.leaving = null; // taken down at once, not faded out
    this.shown = pictures.find(({ url }) => url === this.shown?.url) ?? null; // its label may say another name by now
    if (this.#seconds === seconds) return;
    clearInterval(this.#turn);
    this.#seconds = seconds;
    this.#turn = setInterval(() => this.#next(), seconds * 1000);
  }

  #show(picture) {
    this.leaving = picture && this.shown?.url !== picture.url ? this.shown : null;
    this.shown = picture;
  }

  async #next() {
    if (this.#pictures.length < 2) return;
    const at = this.#pictures.findIndex(({ url }) => url === this.shown?.url);
    const next = this.#pictures[(at + 1) % this.#pictures.length];
    await ready(next.url);
    if (!this.#pictures.includes(next)) return; // its owner changed their mind meanwhile
    this.#show(next);
    this.redraw();
  }
}
