// Five numbers for this moment, a line for the day, and the troubles in words with what to do.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { waited } from "@articket/staff/times.js";

const LONG_AGO = 0;
const A_WHILE_S = 60;

function count(title, value, unit, beside = nothing) {
  const said = typeof value !== "number";
  return html`<div><dt>${title}</dt><dd class=${said ? "said" : "num"}>${value}${said || !unit ? nothing : html`<small>${unit}</small>`}${beside}</dd></div>`;
}

/** How long the one waits that waits longest for paper. */
const longest = ({ view, say, now }) =>
  view.counts.waits_since && now - view.counts.waits_since >= A_WHILE_S ? html`<small class="of">${say("count_longest", { since: waited(view.counts.waits_since, now, say) })}</small>` : nothing;

export const counts = (desk) => html`<dl class="counts">
  ${now(desk)}
</dl>`;

const now = (desk) => {
  const { view, say } = desk;
  return html`${count(say("count_to_print"), view.counts.to_print, say("unit_sheets"), longest(desk))}
  ${count(say("count_line"), view.counts.line, say("unit_people"))}
  ${count(say("count_inside"), view.counts.inside ?? say("nobody"), say("unit_number"))}
  ${count(say("count_painting"), view.counts.painting, say("unit_people"))}
  ${count(say("count_done"), view.counts.done_today, say("unit_sheets"))}`;
};

const DAY = ["joined", "painted", "printed", "reprinted", "deleted"];

/** What the day brought since the booth's midnight; what is deleted meanwhile stays counted. */
export function today({ view, say }) {
  if (!view.today) return nothing;
  return html`<dl class="today"><div><dt>${say("today")}</dt></div>${DAY.map((kind) => html`
    <div><dt>${say(`today_${kind}`)}</dt><dd class="num">${view.today[kind]}</dd></div>`)}</dl>`;
}

/** A trouble's own sentence where it has one; else whom it concerns, and what the fault's sentence advises. */
function sentence({ code, params }, desk) {
  const { say } = desk;
  if (say.has(`trouble_${code}`)) return say(`trouble_${code}`, params);
  const what = say.fault(code, params);
  if (params.number !== undefined) return say("trouble_ticket", { ...params, what });
  return params.painter === undefined ? what : say("trouble_painter", { painter: desk.machine(params.painter), what });
}

export function troubles(desk) {
  const { view, say, now } = desk;
  const told = view.troubles.filter(({ code }) => code !== view.printer?.trouble); // the bar above says it
  if (told.length === 0) return nothing;
  const key = ({ code, params }) => `${code}/${JSON.stringify(params)}`;
  return html`<ul class="troubles" aria-live="polite">${repeat(told, key, (trouble) => html`
    <li class="trouble"><b>${sentence(trouble, desk)}</b>${
      trouble.since > LONG_AGO ? html`<span class="num">${waited(trouble.since, now, say)}</span>` : nothing}</li>`)}</ul>`;
}
