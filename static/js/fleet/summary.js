// Five numbers: who works, what waits, how fast it goes, what had to be done again.
import { html, nothing } from "lit-html";
import { seconds } from "@articket/fleet/spans.js";

const count = (title, value, unit) => html`<div><dt>${title}</dt><dd class="num">${value}${unit ? html`<small class=${unit.startsWith("/") ? "of" : ""}>${unit}</small>` : nothing}</dd></div>`;

export function summary({ fleet, say }) {
  const { working, servers, waiting, usual_s: usual, four_s: four, repainted, finished } = fleet.summary;
  const of = (whole) => (whole === 0 ? "" : `/ ${whole.toLocaleString(say.locale)}`);
  const span = (value) => [seconds(value), value === null ? "" : say("unit_seconds")];
  return html`<dl class="counts">
    ${count(say("fleet_working"), working, of(servers))}
    ${count(say("fleet_waiting"), waiting, say("unit_sheets"))}
    ${count(say("fleet_usual"), ...span(usual))}
    ${count(say("fleet_four"), four === null ? "–" : Math.round(four), span(four)[1])}
    ${count(say("fleet_repainted"), repainted, of(finished))}
  </dl>`;
}
