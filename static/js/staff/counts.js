// Five numbers, and the troubles in words with what to do.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { waited } from "@articket/staff/times.js";

const LONG_AGO = 0;

function count(title, value, unit) {
  const said = typeof value !== "number";
  return html`<div><dt>${title}</dt><dd class=${said ? "said" : "num"}>${value}${said || !unit ? nothing : html`<small>${unit}</small>`}</dd></div>`;
}

export const counts = ({ view, say }) => html`<dl class="counts">
  ${count(say("count_line"), view.counts.line, say("unit_people"))}
  ${count(say("count_inside"), view.counts.inside ?? say("nobody"), say("unit_number"))}
  ${count(say("count_painting"), view.counts.painting, say("unit_people"))}
  ${count(say("count_to_print"), view.counts.to_print, say("unit_sheets"))}
  ${count(say("count_done"), view.counts.done_today, say("unit_sheets"))}
</dl>`;

/** A trouble's own sentence where it has one; else whom it concerns, and what the fault's sentence advises. */
function sentence({ code, params }, say) {
  if (say.has(`trouble_${code}`)) return say(`trouble_${code}`, params);
  const what = say.fault(code, params);
  if (params.number !== undefined) return say("trouble_ticket", { ...params, what });
  return params.painter === undefined ? what : say("trouble_painter", { ...params, what });
}

export function troubles({ view, say, now }) {
  if (view.troubles.length === 0) return nothing;
  const key = ({ code, params }) => `${code}/${JSON.stringify(params)}`;
  return html`<ul class="troubles" aria-live="polite">${repeat(view.troubles, key, (trouble) => html`
    <li class="trouble"><b>${sentence(trouble, say)}</b>${
      trouble.since > LONG_AGO ? html`<span class="num">${waited(trouble.since, now, say)}</span>` : nothing}</li>`)}</ul>`;
}
