// The ticket's number, large, and how far it is.
import { html, nothing } from "lit-html";

const STEPS = ["painted", "composed", "printed"];

export function ticket({ say }, view) {
  const { state, number, steps } = view.ticket;
  const chosen = view.paintings.find(({ style }) => style === view.style) ?? view.paintings[0];
  const at = Object.fromEntries(steps.map(({ what, at: when }) => [what, when]));
  const last = STEPS.findLastIndex((what) => at[what]);
  return html`
    <section class="ticket ${state}">
      <div role="status"><h2>${say(`ticket_${state}`)}</h2></div>
      <div class="stub">
        ${chosen ? html`<img src=${chosen.small} alt=${say("ticket_alt")}>` : nothing}
        ${number ? figure(say, number) : nothing}
      </div>
      <ol class="steps num">
        ${STEPS.map(
          (what, index) => html`<li class=${index === last ? "now" : ""}><span>${say(`step_${what}`)}</span>
            <span>${at[what] ? clock(say.locale, at[what]) : html`<span class="soft">${say("step_pending")}</span>`}</span></li>`,
        )}
      </ol>
    </section>
  `;
}

/** Korean says the counter behind the number, English before it. */
function figure(say, number) {
  const word = html`<small aria-hidden="true">${say("ticket_number")}</small>`;
  const digits = html`<span aria-hidden="true">${number}</span>`;
  const order = say.locale === "ko" ? [digits, word] : [word, digits];
  return html`<p class="huge num"><span class="aloud">${say("ticket_aloud", { number })}</span>${order}</p>`;
}

function clock(locale, at) {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", hourCycle: "h23" }).format(new Date(at * 1_000));
}
