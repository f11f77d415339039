// While the last strokes dry: eyes up, or the four easels in the hand.
import { html, nothing } from "lit-html";
import { easels } from "@articket/phone/easels.js";
import { frame, title } from "@articket/phone/frame.js";

export function painting(hand, view) {
  const { say } = hand;
  const up = view.on_monitor;
  return frame(hand, {
    name: "painting",
    kind: "waits",
    body: html`
      ${title(say(up ? "look_up" : "finishing"))}
      <div aria-live="polite">${easels(hand, view.easels, { large: true })}</div>
      ${view.sentence ? html`<p class="slip"><span class="soft">${say("seen")}</span> ${view.sentence}</p>` : nothing}
    `,
    foot: html`<p class="soft">${say(up ? "look_up_note" : "finishing_note")}</p>`,
  });
}
