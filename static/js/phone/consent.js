// The promise, and two ways to agree to it: nothing is ticked beforehand, the press says the age.
import { html } from "lit-html";
import { frame, press, quiet, title } from "@articket/phone/frame.js";
import { turn } from "@articket/phone/turn.js";

const DAY = 24;

export function consent(hand, view) {
  const { say, begun } = hand;
  const agree = (guardian) => () =>
    hand.press(guardian ? "guardian" : "agree", "consent", {
      version: view.consent_version,
      gallery: begun.gallery === true,
      guardian,
    });
  return frame(hand, {
    name: "consent",
    aside: turn(hand) ?? say("step", { n: 1, count: 2 }),
    body: html`
      ${title(say("consent_title"))}
      <ol class="promise num">
        ${[say("promise_paint"), say("promise_name"), kept(say, view.retention_hours), say("promise_erase")].map(
          (text, index) => html`<li><i aria-hidden="true">${index + 1}</i><span>${text}</span></li>`,
        )}
      </ol>
      <label class="tick">
        <input type="checkbox" .checked=${begun.gallery === true} @change=${(event) => hand.begin({ gallery: event.target.checked })}>
        <span>${say("gallery")} <span class="soft">${say("gallery_note")}</span></span>
      </label>
    `,
    foot: html`
      ${press(hand, { key: "agree", text: say("agree"), act: agree(false), main: true })}
      ${press(hand, { key: "guardian", text: say("agree_guardian"), act: agree(true), kind: "plain" })}
      ${quiet(hand, { text: say("leave"), act: () => hand.press("erase", "erase") })}
    `,
  });
}

function kept(say, hours) {
  return hours % DAY === 0 ? say("promise_days", { n: hours / DAY }) : say("promise_hours", { n: hours });
}
