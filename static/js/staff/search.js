// Finding a ticket by its number, or a visitor by name: in the list at once, and everywhere else by asking.
import { html, nothing } from "lit-html";
import { ask } from "@articket/lib/http.js";
import { standing } from "@articket/staff/printing.js";

const PAUSE_MS = 250;
const AGAIN_MS = 3_000; // there are two snapshots a second, and each answer looks through all visits
const PRINTABLE = new Set(["free", "failed", "mine"]);
const NUMBER = /^#?\s*(\d+)$/;

const plain = (text) => text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");

export class Search {
  query = "";
  elsewhere = [];
  gone = false;
  known = true;
  #soon = 0;
  #turn = 0;
  #asked = { turn: -1, at: 0, answer: null };
  #isOld = false;

  constructor({ redraw, moved }) {
    Object.assign(this, { redraw, moved });
  }

  get number() {
    const found = NUMBER.exec(this.query.trim());
    return found ? Number(found[1]) : null;
  }

  look(query) {
    this.query = query;
    this.elsewhere = [];
    this.gone = false;
    this.known = query.trim() === "";
    this.#turn += 1;
    this.#askIn(this.known ? null : PAUSE_MS);
    this.redraw();
    if (!this.known) this.moved();
  }

  /** Asks the booth for whomever is meant, where that is not on its way already. */
  ask() {
    this.#askIn(null);
    if (this.#asked.turn !== this.#turn) this.#asked = { turn: this.#turn, at: performance.now(), answer: this.#answer(this.#turn) };
    return this.#asked.answer;
  }

  /** What was typed since makes an answer worthless. In a body, for addresses stand in the logs of proxies. */
  async #answer(turn) {
    this.#isOld = false;
    const answer = await ask("/staff/find", { method: "POST", body: { q: this.query.trim() } }).catch(() => null);
    if (turn !== this.#turn) return;
    this.#turn += 1;
    if (answer) {
      this.elsewhere = answer.found;
      this.gone = answer.gone;
      this.known = true;
      this.redraw();
    }
    if (this.#isOld) this.again();
  }

  /** What was found elsewhere may have changed, or be within reach again; one question at a time, now and then. */
  again() {
    if (this.#soon || (this.elsewhere.length === 0 && this.known)) return;
    if (this.#asked.turn === this.#turn) this.#isOld = true;
    else this.#askIn(Math.max(0, this.#asked.at + AGAIN_MS - performance.now()));
  }

  #askIn(ms) {
    clearTimeout(this.#soon);
    this.#soon = ms === null ? 0 : setTimeout(() => this.ask(), ms);
  }

  /** The rows that fit: those of the list, as they are now, and then the others; the exact number comes first. */
  of({ view }) {
    const listed = new Set(view.visits.map(({ id }) => id));
    const rows = [...view.visits.filter((visit) => this.#fits(visit)), ...this.elsewhere.filter(({ id }) => !listed.has(id))];
    const exact = ({ number }) => Number(number !== null && number === this.number);
    return rows.sort((one, other) => exact(other) - exact(one));
  }

  /** The one that is meant: the number itself, or the only one that fits. */
  meant(desk) {
    const rows = this.of(desk);
    return rows.find(({ number }) => number !== null && number === this.number) ?? (rows.length === 1 ? rows[0] : null);
  }

  #fits({ number, name }) {
    const digits = NUMBER.exec(this.query.trim())?.[1];
    const part = plain(this.query);
    return (digits && number !== null && String(number).startsWith(digits)) || (name !== null && plain(name).includes(part));
  }
}

export function field(desk) {
  const { say, search } = desk;
  const pressed = (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      desk.printFound(event);
    }
    if (event.key === "ArrowDown") {
      event.preventDefault();
      desk.keys.first();
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      search.look("");
      event.target.blur();
    }
  };
  return html`<label class="search"><span class="aloud">${say("search")}</span>
    <input id="search" class="num" type="search" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
      placeholder=${say("search")} .value=${search.query} @input=${({ target }) => search.look(target.value)} @keydown=${pressed} />
    ${search.query ? html`<button type="button" class="clear" aria-label=${say("search_clear")} @click=${() => {
      search.look("");
      document.getElementById("search")?.focus();
    }}></button>` : desk.keys.single ? html`<kbd aria-hidden="true">/</kbd>` : nothing}
  </label>`;
}

/** What is said above what was found, or instead of it. */
export function verdict(desk, rows) {
  const { say, search } = desk;
  if (!search.known && rows.length === 0) return say("search_looking");
  if (search.gone) return say("search_gone", { number: search.number });
  if (rows.length === 0) return say("search_none");
  const meant = search.meant(desk);
  return meant?.ticket === "ready" && PRINTABLE.has(standing(meant, desk)) ? say("search_enter") : nothing;
}
