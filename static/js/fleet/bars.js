// The last twelve attempts of a painter as bars: height is time, an outline is a painting that was lost.
import { html } from "lit-html";
import { seconds } from "@articket/fleet/spans.js";
import { vars } from "@articket/lib/vars.js";

const HEADROOM = 1.35;
const LOWEST = 0.08;

/** Seconds of a bar that fills its height: one scale for all, so that painters can be compared. */
export const tallest = (servers) => HEADROOM * Math.max(1, ...servers.map(({ seconds: usual }) => usual ?? 0));

export function bars({ tries }, { say }, scale) {
  if (tries.length === 0) return html`<small>${say("fleet_no_tries")}</small>`;
  return html`<span class="tries" role="img" aria-label=${told(tries, say)}>${tries.map((each) => bar(each, say, scale))}</span>`;
}

function bar({ seconds: took, code }, say, scale) {
  const lost = code !== null;
  const height = lost ? 1 : Math.min(1, Math.max(LOWEST, took / scale));
  return html`<i class=${lost ? "lost" : ""} title=${lost ? say.fault(code) : say("seconds", { s: seconds(took) })} ${vars({ "--t": height })}></i>`;
}

function told(tries, say) {
  const done = tries.filter(({ code }) => code === null).map(({ seconds: took }) => took);
  const counted = say("fleet_tries", { count: tries.length, n: tries.length - done.length });
  if (done.length === 0) return counted;
  return `${counted} ${say("fleet_tries_took", { least: seconds(Math.min(...done)), most: seconds(Math.max(...done)) })}`;
}
