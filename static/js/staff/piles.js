// One kind of visits at a time: which one is remembered by the desk and stands in the address.
import { html, nothing } from "lit-html";
import { keep, kept } from "@articket/staff/kept.js";
import { standing } from "@articket/staff/printing.js";

const KEY = "articket-pile";
const ALL = "all";
const PAPER = new Set(["free", "mine", "other", "on_its_way", "failed"]);

const FINISHED = new Set(["ready", "printed"]);

/** Whether nothing goes on unless staff ask for it; a ticket that is there is no trouble, though it may be made again. */
export const stuck = ({ ticket, easels, can_remake: again }) =>
  ticket === "trouble" || (!FINISHED.has(ticket) && (again === true || easels.includes("failed")));

const ready = (visit) => visit.ticket === "ready";

const PILES = {
  all: () => true,
  to_print: (visit, desk) => ready(visit) && PAPER.has(standing(visit, desk)),
  trouble: (visit) => stuck(visit) || visit.moderation?.look === "please" || (ready(visit) && visit.print?.state === "failed"),
  sent: (visit) => ready(visit) && visit.print?.state === "sent",
  held: (visit) => ready(visit) && visit.print?.state === "held",
  line: (visit, { view }) => visit.in_line || visit.id === view.booth.visit,
  printed: (visit) => visit.ticket === "printed",
};
/** Shown only while there is something in them. */
const RARE = new Set(["sent"]);

export class Piles {
  constructor({ redraw }) {
    this.redraw = redraw;
    const asked = location.hash.slice(1);
    this.chosen = asked in PILES ? asked : kept(KEY, ALL);
    if (!(this.chosen in PILES)) this.chosen = ALL;
    this.#note();
    addEventListener("hashchange", () => this.choose(location.hash.slice(1)));
  }

  choose(pile) {
    this.chosen = pile in PILES ? pile : ALL;
    keep(KEY, this.chosen);
    this.#note();
    this.redraw();
  }

  #note() {
    const hash = this.chosen === ALL ? "" : `#${this.chosen}`;
    if (location.hash !== hash) history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
  }

  of(desk) {
    return desk.view.visits.filter((visit) => PILES[this.chosen](visit, desk));
  }

  /** How many there are, listed or not. */
  count(pile, { view }) {
    return view.piles?.[pile] ?? view.visits.length;
  }
}

export function piles(desk) {
  const { say, piles: own } = desk;
  const shown = Object.keys(PILES).filter((pile) => !RARE.has(pile) || own.count(pile, desk) || own.chosen === pile);
  const one = (pile) => html`<button type="button" aria-pressed=${own.chosen === pile && !desk.search.query ? "true" : "false"} @click=${() =>
    desk.only(pile)}>${say(`pile_${pile}`)}${pile === ALL ? nothing : html` <b class="num ${own.count(pile, desk) ? "" : "none"}">${own.count(pile, desk)}</b>`}</button>`;
  return html`<div class="piles" role="group" aria-label=${say("piles")}>${shown.map(one)}</div>`;
}
