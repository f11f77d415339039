// How far the painting in hand is: as its server says, or, hatched, as far as one is by that time.
import { html, nothing } from "lit-html";
import { lasting } from "@articket/fleet/spans.js";
import { vars } from "@articket/lib/vars.js";

const PAINTS = new Set(["paint", "hedge"]);

/** In a few words; for work that nobody knows the length of, how long it has lasted. */
export function brief(work, { say, now: at }) {
  const far = howFar(work, at);
  return far ? told(far, say) : lasting(work.since, at, say);
}

/** The same with a bar, and what else there is to know. */
export function progress(work, page) {
  const { say, now: at } = page;
  const hedge = work.purpose === "hedge" ? say("fleet_hedge") : null;
  const far = howFar(work, at);
  if (far) return html`${bar(work, page)}${told(far, say)}${hedge ? html`, ${hedge}` : nothing}`;
  const usual = PAINTS.has(work.purpose) && work.expected_s ? say("fleet_expected", { n: Math.round(work.expected_s) }) : null;
  return [lasting(work.since, at, say), hedge ?? usual].filter(Boolean).join(", ");
}

/** The bar alone; nothing where one can only wait. */
export function bar(work, { now: at }) {
  const far = howFar(work, at);
  return far ? html`<span class="strokes ${far.guessed ? "guessed" : ""}" aria-hidden="true" ${vars({ "--share": far.share })}></span>` : nothing;
}

function howFar({ share, since, expected_s: expected, purpose }, at) {
  if (share !== null) return { share, guessed: false };
  const passed = Math.max(0, at - since) / expected;
  return PAINTS.has(purpose) && expected && passed < 1 ? { share: passed, guessed: true } : null;
}

const told = ({ share, guessed }, say) => say(guessed ? "fleet_share_guessed" : "fleet_share", { n: Math.round(share * 100) });
