// What the desk remembers between two snapshots: what is on its way, what is folded out, what was asked once.
import { html } from "lit-html";
import { Clerk } from "@articket/staff/clerk.js";
import { counts, today, troubles } from "@articket/staff/counts.js";
import { Keys } from "@articket/staff/keys.js";
import { machineName, styleName } from "@articket/staff/names.js";
import { Piles } from "@articket/staff/piles.js";
import { rows } from "@articket/staff/rows.js";
import { standing } from "@articket/staff/printing.js";
import { Search } from "@articket/staff/search.js";
import { sides } from "@articket/staff/sides.js";
import { Sound } from "@articket/staff/sound.js";
import { tabFor } from "@articket/staff/tab.js";
import { deskId } from "@articket/staff/this_desk.js";
import { ways } from "@articket/staff/ways.js";

const FREE = new Set(["free", "failed"]);

/** Other rows begin where they can be seen, below the tools that stay. */
const bringUp = (place) => setTimeout(() => {
  const top = place.querySelector(".queue")?.getBoundingClientRect().top ?? 0;
  if (top < 0) scrollBy({ top, behavior: "instant" });
});

export class Desk extends Clerk {
  open = new Set();
  copies = new Map();
  deskId = deskId();
  naming = false;
  #held = null;
  #asked = new Set();
  #tabs = new BroadcastChannel("articket-desk");

  constructor({ said, locales, redraw, place }) {
    super({ said, redraw });
    this.locales = locales;
    this.piles = new Piles({ redraw });
    this.search = new Search({ redraw, moved: () => bringUp(place) });
    this.sound = new Sound({ redraw });
    this.keys = new Keys({ desk: this, place });
    this.title = document.title;
    // Another tab of this browser is the same desk: what that takes in hand nobody handed to this one.
    this.#tabs.addEventListener("message", ({ data }) => this.#asked.add(data));
  }

  painter(style) {
    return styleName(this.view, style, this.say.locale);
  }

  machine(label) {
    return machineName(this.view, label, this.say.locale);
  }

  /** The visit with this id, in the list or found beside it. */
  visit(id) {
    return [...this.view.visits, ...this.search.elsewhere].find((visit) => visit.id === id) ?? null;
  }

  draw() {
    const waiting = this.view.counts.to_print;
    document.title = waiting ? `(${waiting}) ${this.title}` : this.title;
    return html`${this.lost()}<h1 class="aloud">${this.say("desk")}</h1>
      ${counts(this)}${today(this)}${ways(this)}${troubles(this)}
      <div class="desk-grid">${rows(this)}${sides(this)}</div>`;
  }

  /** Listens to a new snapshot before it is drawn. */
  heard(view) {
    this.sound.hear(view);
    this.search.again();
    this.#receive(view.desks?.find(({ id }) => id === this.deskId)?.holds ?? []);
  }

  /** Says which tickets came into this desk's hand without its asking: another one handed them over. */
  #receive(holds) {
    const given = holds.filter(({ visit }) => this.#held && !this.#held.has(visit) && !this.#asked.has(visit));
    const now = new Set(holds.map(({ visit }) => visit));
    for (const visit of this.#held ?? []) if (!now.has(visit)) this.#asked.delete(visit);
    this.#held = now;
    if (given.length === 0) return;
    this.tell(this.say("desk_handed", { numbers: given.map(({ number }) => number).join(", ") }), true);
    this.sound.tell("ticket");
  }

  async assist(locale) {
    const ack = await this.command("assist", "assist", { locale });
    if (ack?.ok && ack.url) location.assign(ack.url);
  }

  /** Takes the ticket in hand and then opens it: where another desk was quicker nothing opens. */
  async print({ id: visit, pdf }) {
    const tab = tabFor();
    this.#asked.add(visit);
    this.#tabs.postMessage(visit);
    const ack = await this.command(`print_claim/${visit}`, "print_claim", { visit, desk: this.deskId });
    if (ack?.ok) tab.lead(pdf);
    else tab.close();
  }

  /** Shows one pile, and no search any more. */
  only(pile) {
    this.search.look("");
    this.piles.choose(pile);
  }

  /** What a key does to a row; what cannot be is left alone, or said. */
  act(what, visit, event) {
    const at = visit.ticket === "ready" ? standing(visit, this) : visit.ticket;
    const fields = { visit: visit.id };
    const ours = { ...fields, desk: this.deskId };
    const send = (type, more = fields) => this.command(`${type}/${visit.id}`, type, more);
    const deeds = {
      print: () => this.#printOrOpen(visit, at),
      done: () => visit.ticket === "ready" && send("mark_printed"),
      hold: () => (at === "held" ? send("print_release") : [...FREE, "mine"].includes(at) && send("print_hold")),
      back: () => (at === "mine" ? send("print_let_go", ours) : at === "held" && send("print_release")),
      reprint: () => at === "printed" && this.#unfold(visit, event?.target),
    };
    deeds[what]();
  }

  #printOrOpen(visit, at) {
    if (FREE.has(at)) this.print(visit);
    else if (at === "mine") tabFor().lead(visit.pdf);
    else if (at === "printed") this.#unfold(visit);
    else this.tell(this.say(visit.ticket === "ready" ? "not_here" : "not_yet"), false);
  }

  /** A reason is needed to print once more: the focus goes to the first one. */
  #unfold(visit) {
    this.open.add(visit.id);
    this.redraw();
    const first = `[data-visit="${CSS.escape(visit.id)}"] .drawer button`;
    setTimeout(() => document.querySelector(first)?.focus());
  }

  /** Enter in the search field: what was typed too fast for the answer is asked for first. */
  async printFound(event) {
    if (!this.search.meant(this) && !this.search.known) await this.search.ask();
    const found = this.search.meant(this);
    if (!found) return;
    event.target.select();
    this.#printOrOpen(found, found.ticket === "ready" ? standing(found, this) : found.ticket);
  }

  /** Says that somebody sits at this desk, also for the tickets in its hand; a closed lid says nothing. */
  stir() {
    this.carry("desk_here", "desk_here", { desk: this.deskId });
    for (const visit of [...this.view.visits, ...this.search.elsewhere]) {
      if (visit.print?.state === "claimed" && standing(visit, this) === "mine") {
        this.carry(`print_keep/${visit.id}`, "print_keep", { visit: visit.id, desk: this.deskId });
      }
    }
  }

  async hand(tickets, to) {
    for (const { visit } of tickets) {
      await this.command(`print_hand/${visit}`, "print_hand", { visit, desk: this.deskId, to });
    }
  }

  startNaming() {
    this.naming = true;
    this.redraw();
    setTimeout(() => document.querySelector(".rename input")?.select());
  }

  stopNaming() {
    this.naming = false;
    this.redraw();
  }

  rename(name) {
    this.stopNaming();
    return this.command("desk_name", "desk_here", { desk: this.deskId, name });
  }

  choose(visit, copies) {
    this.copies.set(visit, copies);
    this.redraw();
  }

  toggle(visit) {
    if (!this.open.delete(visit)) this.open.add(visit);
    this.redraw();
  }
}
