// The remote: one question, two doors or more, and the way back.
import { html, nothing } from "lit-html";
import { frame, press, quiet, title } from "@articket/phone/frame.js";
import { plan } from "@articket/phone/plan.js";

export function quiz(hand, view) {
  const { say, live } = hand;
  const { index, count, text, options } = view.question;
  const idle = view.warn_at !== null && view.warn_at !== undefined && live.clock.now() > view.warn_at;
  return frame(hand, {
    name: `quiz-${index}`,
    kind: "remote",
    aside: say("room", { n: index + 1, count }),
    body: html`
      ${plan(say, index, count)}
      ${view.on_monitor ? nothing : alone(hand, view)}
      ${title(text)}
      <p class="warn" role="status">${idle ? say("warn") : ""}</p>
      <div class="hands ${options.length > 2 ? "many" : ""}">${options.map((option) => door(hand, index, option))}</div>
    `,
    foot: html`
      ${view.can_back
        ? press(hand, { key: "back", text: say("back"), act: () => hand.press("back", "back", { step: index }), kind: "plain still" })
        : html`<button type="button" class="press plain still" disabled>${say("back_none")}</button>`}
      ${view.can_retake ? quiet(hand, { text: say("retake"), act: () => hand.press("retake", "retake") }) : nothing}
    `,
  });
}

/** The pressed door stays lit until the next room; one that was chosen before shows itself on the way back. */
function door(hand, index, { id, letter, text, chosen }) {
  const key = `${index}-${id}`;
  const lit = hand.busy === null ? chosen : hand.busy === key;
  const waits = hand.busy !== null || hand.isFresh(index);
  return html`
    <button type="button" class="hand ${lit ? "chosen" : ""}" data-main aria-pressed=${lit} ?disabled=${waits}
      @click=${() => hand.press(key, "answer", { step: index, option: id })}><i aria-hidden="true">${letter}</i><span>${text}</span></button>
  `;
}

function alone(hand, view) {
  const { say } = hand;
  return html`
    <div class="alone"><p>${say("by_phone")}</p>
      ${view.can_rejoin ? quiet(hand, { text: say("rejoin"), act: () => hand.press("rejoin", "rejoin") }) : nothing}</div>
  `;
}
