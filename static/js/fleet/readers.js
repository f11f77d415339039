// Who reads the photos before they are painted: all that read well in one line, the others in one each, lit.
import { html, nothing } from "lit-html";
import { seconds } from "@articket/fleet/spans.js";

const LEAST_S = 0.1; // "0.0 s" would be no news

export function readers({ fleet, say }) {
  const { captions = [] } = fleet;
  if (captions.length === 0) return nothing;
  const [well, troubled] = [captions.filter(({ trouble }) => !trouble), captions.filter(({ trouble }) => trouble)];
  return html`<ul class="readers" aria-label=${say("fleet_readers")}>
    ${well.length ? line({ hosts: hostsOf(well), trouble: null, last: slowest(well) }, say) : nothing}
    ${troubled.map((each) => line({ hosts: each.label, trouble: each.trouble, last: each.last_s }, say))}
  </ul>`;
}

/** Who is in trouble and why, for those who cannot see the lamp. */
export const readersNews = ({ fleet: { captions = [] }, say }) =>
  captions.filter(({ trouble }) => trouble).map(({ label, trouble }) => `${say("fleet_reader")} ${label}: ${why(trouble, say)}`);

function line({ hosts, trouble, last }, say) {
  return html`<li class=${trouble ? "troubled" : ""}>
    <b>${say("fleet_reader")}</b>
    <span class="what">${trouble ? why(trouble, say) : say(last === null ? "fleet_reader_new" : "fleet_reader_fine")}</span>
    <span class="usual num">${last === null ? seconds(null) : html`${seconds(Math.max(LEAST_S, last))}<small>${say("unit_seconds")}</small>`}</span>
    <span class="where"><span class="host">${hosts}</span>${trouble ? html` <span>${advice(trouble, say)}</span>` : nothing}</span>
  </li>`;
}

/** Several ateliers on one machine are one address to whoever looks for it. */
const hostsOf = (readers) => [...new Set(readers.map(({ label }) => label))].join(", ");

/** What one may have to wait for; null where none has read anything yet. */
function slowest(readers) {
  const took = readers.map(({ last_s: last }) => last).filter((last) => last !== null);
  return took.length ? Math.max(...took) : null;
}

const why = (trouble, say) => known(`fleet_read_${trouble}`, "fleet_read_other", say);

const advice = (trouble, say) => known(`fleet_mend_${trouble}`, "fleet_mend_other", say);

const known = (key, otherwise, say) => say(say.has(key) ? key : otherwise);
