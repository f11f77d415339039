// Two doors that lead back: another window has the visit, or nothing is left of it.
import { html } from "lit-html";
import { frame, press, title } from "@articket/phone/frame.js";

export function elsewhere(hand) {
  const { say, live } = hand;
  return frame(hand, {
    name: "elsewhere",
    body: html`${title(say("elsewhere"))}<p class="lead soft">${say("elsewhere_lead")}</p>`,
    foot: press(hand, { key: "here", text: say("here_again"), act: () => live.takeOver(), main: true }),
  });
}

export function gone(hand) {
  const { say } = hand;
  return frame(hand, {
    name: "gone",
    aside: "",
    body: html`
      <div class="bare-wall" aria-hidden="true"></div>
      ${title(say("gone_title"))}
      <p class="lead">${say("gone_lead")}</p>
      <p class="lead soft">${say("gone_again")}</p>
    `,
  });
}
