// "Delete my data" asks once more, on the page itself.
import { html, nothing } from "lit-html";
import { press, quiet } from "@articket/phone/frame.js";

export function erasing(hand, view) {
  const { say, local, visit } = hand;
  if (!local.erasing) {
    return html`
      ${quiet(hand, { text: say("erase"), act: () => ask(hand) })}
      ${visit.assisted ? html`<a class="quiet" href="/staff">${say("to_staff")}</a>` : nothing}
    `;
  }
  const printed = view.ticket.state === "printed";
  return html`
    <div class="erasing">
      <h2 tabindex="-1">${say("erase_title")}</h2>
      <p>${say(printed ? "erase_lead" : "erase_lead_unprinted")}</p>
      ${press(hand, { key: "erase", text: say("erase_yes"), act: () => hand.press("erase", "erase"), kind: "stop still" })}
      ${press(hand, { key: "keep", text: say("erase_no"), act: () => hand.set({ erasing: false }), kind: "plain still" })}
    </div>
  `;
}

function ask(hand) {
  hand.set({ erasing: true });
  setTimeout(() => {
    // after the question is drawn
    document.querySelector(".erasing h2")?.focus({ preventScroll: true });
    document.querySelector(".erasing")?.scrollIntoView({ block: "end" });
  });
}
