// What a painter does right now, or in words why it does not.
import { html, nothing } from "lit-html";
import { readersNews } from "@articket/fleet/readers.js";
import { ahead, lasting } from "@articket/fleet/spans.js";
import { bar, brief, progress } from "@articket/fleet/strokes.js";

const TROUBLED = new Set(["broken", "shut"]);
const SENTENCES = /^(.+?[.!?])\s+(.+)$/su;

export const isTroubled = ({ state }) => TROUBLED.has(state);

/** Two lines: what goes on, and what to know about it. The second one is there even when it is empty, so nothing jumps. */
export function now(server, page) {
  const busy = server.busy_with;
  if (busy.length > 1) return html`${busy.map((work) => html`<span class="work"><span class="what">${title(work, page)}</span><small class="num">${brief(work, page)}</small></span>`)}${leaving(server, page)}`;
  if (busy.length === 1) return lines(title(busy[0], page), server.mode === "draining" ? html`${bar(busy[0], page)}${page.say("fleet_leaving")}` : progress(busy[0], page));
  const [what, detail] = told(server, page);
  return lines(what, detail);
}

/** Who is in trouble and why, for those who cannot see the lamp; nothing in it ticks. */
export function news(page) {
  const painters = page.fleet.servers.filter(isTroubled).map((server) => `${page.name(server)}: ${why(server, page)[0]}`);
  return [...painters, ...readersNews(page)].join(" ");
}

const lines = (what, detail) => html`<span class="what">${what}</span><small class="num">${detail}</small>`;

const leaving = ({ mode }, { say }) => (mode === "draining" ? html`<small>${say("fleet_leaving")}</small>` : nothing);

function title({ name, number, style, purpose }, page) {
  const { say } = page;
  if (purpose === "warm-up") return say("fleet_state_warming");
  if (purpose === "caption") return say("fleet_caption");
  const who = [number, name ?? say("nameless")].filter((part) => part !== null).join(" ");
  return html`<span class="nb">${who}</span>, <span class="nb">${page.style(style)}</span>`;
}

function told(server, page) {
  const { say } = page;
  const { kind, state, mode, again_at: again } = server;
  if (isTroubled(server)) return why(server, page);
  if (mode !== "on" || state === "off") return [say("fleet_off"), say("fleet_off_text")];
  if (kind === "laptop") return page.isAlone ? [say("fleet_laptop_alone"), ""] : [say("fleet_laptop_idle"), say("fleet_laptop_text")];
  if (state === "resting") {
    const back = ahead(again, page.now, say);
    return [say("fleet_resting"), back ? say("fleet_resting_until", { when: back }) : say("fleet_resting_text")];
  }
  return [say(`fleet_state_${state}`), say(`fleet_state_${state}_text`)];
}

/** A broken painter is called again by itself; one that is shut waits for a person, so the fault's sentence advises. */
function why({ state, trouble, params, since, again_at: again }, { say, now: at }) {
  if (state === "shut") {
    const [, what, advice] = SENTENCES.exec(say.fault(trouble, params)) ?? [null, say.fault(trouble, params), ""];
    return [what, advice];
  }
  const reason = `fleet_why_${trouble}`;
  const lasts = since === null ? null : lasting(since, at, say);
  const back = ahead(again, at, say);
  const next = back ? say("fleet_again", { when: back }) : say("fleet_again_now");
  return [say(say.has(reason) ? reason : "fleet_why_other"), [lasts, next].filter(Boolean).join(", ")];
}
