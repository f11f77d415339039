// The desk by keyboard: a row has the focus, a letter acts on it.
import { html, nothing } from "lit-html";
import { keep, kept } from "@articket/staff/kept.js";

const KEY = "articket-single-keys";
const ROW = ".rows > li";
const FIELDS = "input, select, textarea, [contenteditable]";
/** By the key's place, so that a Korean keyboard needs no switching. */
const ACTS = { KeyP: "print", KeyD: "done", KeyH: "hold", KeyR: "reprint", KeyU: "back" };
const MOVES = { ArrowDown: 1, KeyJ: 1, ArrowUp: -1, KeyK: -1 };
const TABLE = ["/", "j k", "P", "D", "H", "R", "U", "?"];
const MEANS = ["search", "move", "print", "done", "hold", "reprint", "back", "table"];

export class Keys {
  shown = false;
  single = kept(KEY) !== "off";
  #at = 0;

  constructor({ desk, place }) {
    Object.assign(this, { desk, place });
    document.addEventListener("keydown", (event) => this.#pressed(event));
    place.addEventListener("focusin", ({ target }) => {
      const row = target.closest(ROW);
      if (row) this.#at = this.#rows().indexOf(row);
    });
  }

  toggle() {
    this.shown = !this.shown;
    this.desk.redraw();
  }

  /** Who speaks to the tablet, or rests a hand on its keys, has letters, digits and signs do nothing by themselves. */
  switch() {
    this.single = !this.single;
    keep(KEY, this.single ? "on" : "off");
    this.desk.redraw();
  }

  /** Where the row with the focus went away, the one in its place has it now. */
  keep(wasInRows) {
    if (wasInRows && document.activeElement === document.body) this.#go(this.#at);
  }

  first() {
    this.#go(0);
  }

  inRows = () => document.activeElement?.closest?.(ROW) != null;

  #rows() {
    return [...this.place.querySelectorAll(ROW)];
  }

  #go(at) {
    const rows = this.#rows();
    if (rows.length === 0) return;
    this.#at = Math.max(0, Math.min(rows.length - 1, at));
    rows[this.#at].focus({ preventScroll: true });
    rows[this.#at].scrollIntoView({ block: "nearest" });
  }

  #pressed(event) {
    const { target, code, key } = event;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.matches?.(FIELDS)) return;
    if (!this.single && key.length === 1) return;
    const row = target.closest?.(ROW);
    const visit = row && this.desk.visit(row.dataset.visit);
    if (key === "?") this.toggle();
    else if (key === "/" || /^\d$/.test(key)) this.#search(key);
    else if (key === "Escape") this.#clear();
    else if (code in MOVES && !event.shiftKey) this.#go(row ? this.#at + MOVES[code] : this.#at);
    else if (visit && key === "Enter" && target === row) this.desk.act("print", visit, event);
    else if (visit && code in ACTS && !event.shiftKey && !event.repeat) this.desk.act(ACTS[code], visit, event);
    else return;
    event.preventDefault();
  }

  /** A digit is the beginning of a ticket's number. */
  #search(key) {
    const field = document.getElementById("search");
    if (!field) return;
    if (key !== "/") this.desk.search.look(key);
    field.focus();
    if (key === "/") field.select();
    else queueMicrotask(() => field.setSelectionRange(field.value.length, field.value.length));
  }

  #clear() {
    this.shown = false;
    this.desk.search.look("");
  }
}

export function keyTable({ keys, say }) {
  if (!keys.shown) return nothing;
  const line = (each, at) => html`<div><dt><kbd>${each}</kbd></dt><dd>${say(`key_${MEANS[at]}`)}</dd></div>`;
  return html`<section class="keys" aria-labelledby="keys"><h2 id="keys">${say("keys")}</h2><dl class=${keys.single ? "" : "off"}>${TABLE.map(line)}</dl>
    <button type="button" class="act plain" aria-pressed=${keys.single ? "true" : "false"} @click=${() => keys.switch()}>${
      say(keys.single ? "keys_on" : "keys_off")}</button></section>`;
}

export const keysButton = ({ keys, say }) => html`<button type="button" class="act plain keys-button" aria-expanded=${
  keys.shown ? "true" : "false"} @click=${() => keys.toggle()}>${say("keys")}</button>`;
