// In line: the place large, the minutes, and painters who have begun without waiting for anybody.
import { html, nothing } from "lit-html";
import { easels } from "@articket/phone/easels.js";
import { frame, press, quiet, title } from "@articket/phone/frame.js";

const MOST_TILES = 5;

export function line(hand, view) {
  if (hand.local.leaving) return leaving(hand);
  const { say } = hand;
  const all = view.easels.length > 0 && view.easels.every(({ status }) => status === "done");
  return frame(hand, {
    name: "line",
    kind: "in-line",
    body: html`
      <div role="status" aria-atomic="true">${view.place ? standing(hand, view.place) : title(say("line_off_title"))}</div>
      ${view.place ? tiles(hand, view.place) : nothing}
      <p class="rests" role="status" ?hidden=${view.door !== "paused"}>${view.door === "paused" ? say("line_paused") : ""}</p>
      <section class="at-work">
        <h2>${say(all ? "easels_done" : "easels_title")}</h2>
        ${easels(hand, view.easels)}
      </section>
    `,
    foot: html`
      <p class="soft">${say("line_stay")}</p>
      <div class="pair">
        ${view.can_retake ? quiet(hand, { text: say("retake"), act: () => hand.press("retake", "retake") }) : nothing}
        ${quiet(hand, { text: say("leave_line"), act: () => hand.set({ leaving: true }) })}
      </div>
    `,
  });
}

function standing({ say }, { ahead, minutes }) {
  const time = minutes > 0 ? say("minutes", { n: minutes }) : say("minutes_soon");
  const people = say.has(`people_${ahead}`) ? say(`people_${ahead}`) : say("people", { n: ahead });
  const text = ahead > 0 ? say("line_title", { people, minutes: time }) : say("line_next_title", { minutes: time });
  return html`
    <p class="huge num" aria-hidden="true">${ahead + 1}<small>${ordinal(say, ahead + 1)}</small></p>
    ${title(text)}
  `;
}

/** 1st, 2nd, 3rd where a language has them. */
function ordinal(say, n) {
  const kind = new Intl.PluralRules(say.locale, { type: "ordinal" }).select(n);
  return say.has(`place_small_${kind}`) ? say(`place_small_${kind}`) : say("place_small");
}

/** The line as it stands, from the front to one behind the visitor; a long one leaves out its middle. */
function tiles({ say, visit }, { ahead }) {
  const mine = ahead + 1;
  const whole = Array.from({ length: mine + 1 }, (_, index) => index + 1);
  const numbers = whole.length <= MOST_TILES ? whole : [1, 2, null, mine, mine + 1];
  return html`
    <ol class="file num" aria-hidden="true">
      ${numbers.map((n) => {
        if (n === null) return html`<li class="many"><b>…</b></li>`;
        const note = n === mine ? (visit.name ?? say("place_me")) : n === 1 ? say("place_first") : "";
        return html`<li class=${n === mine ? "me" : n > mine ? "behind" : ""}><b>${n}</b><span class="nb">${note}</span></li>`;
      })}
    </ol>
  `;
}

function leaving(hand) {
  const { say } = hand;
  return frame(hand, {
    name: "line-leaving",
    body: html`${title(say("line_leave_title"))}<p class="lead">${say("line_leave_lead")}</p>`,
    foot: html`
      ${press(hand, { key: "leave", text: say("line_leave_yes"), act: () => hand.press("leave", "leave_line"), main: true })}
      ${press(hand, { key: "stay", text: say("line_leave_no"), act: () => hand.set({ leaving: false }), kind: "plain still" })}
      ${quiet(hand, { text: say("line_erase"), act: () => hand.press("erase", "erase") })}
    `,
  });
}
