// Called: four pictures, one of which hangs on the monitor right now.
import { html, nothing } from "lit-html";
import { frame, quiet, title } from "@articket/phone/frame.js";

export function called(hand, view) {
  const { say, live, visit, local } = hand;
  const left = live.clock.left(hand.snapshot.deadline);
  local.tries ??= view.tries_left;
  const wrong = view.tries_left < local.tries;
  return frame(hand, {
    name: "called",
    kind: "answering",
    aside: left === null ? nothing : html`<span role="timer" class="time-left">${say("called_left", { n: Math.ceil(left) })}</span>`,
    body: html`
      ${title(visit.name ? say("called_title", { name: visit.name }) : say("called_title_nameless"))}
      <p class="lead soft ${wrong ? "wrong" : ""}" aria-live="assertive">${say(wrong ? "called_wrong" : "called_why")}</p>
      <div class="four-walls">
        ${view.pictures.map(
          ({ id, url, alt }) => html`
            <button type="button" class="wall-pick ${hand.busy === id ? "chosen" : ""}" data-main ?disabled=${hand.busy !== null}
              @click=${() => hand.press(id, "confirm", { picture: id })}><img src=${url} srcset="${url}?small=1" alt=${alt}></button>
          `,
        )}
      </div>
    `,
    foot: aside(hand, view),
  });
}

/** There is always a way out: behind the next one in line, or on without the monitor. */
function aside(hand, { can_postpone: postpones, can_leave: leaves = true }) {
  if (postpones) return quiet(hand, { text: hand.say("postpone"), act: () => hand.press("postpone", "postpone") });
  return leaves ? quiet(hand, { text: hand.say("called_leave"), act: () => hand.press("leave", "leave_line") }) : nothing;
}
