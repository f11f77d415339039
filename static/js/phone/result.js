// The reveal in the hand, and everything to take home.
import { html, nothing } from "lit-html";
import { erasing } from "@articket/phone/erasing.js";
import { frame, title } from "@articket/phone/frame.js";
import { keep } from "@articket/phone/keep.js";
import { others } from "@articket/phone/others.js";
import { review } from "@articket/phone/review.js";
import { ticket } from "@articket/phone/ticket.js";

export function result(hand, view) {
  const { say, visit } = hand;
  return frame(hand, {
    name: "result",
    kind: `found style-${view.style} ${seenBefore(visit.id) ? "" : "unveils"}`,
    before: hang(hand, view),
    body: html`
      <section class="first">
        <p class="kicker">${view.kicker}</p>
        ${title(view.painter)}
        <p class="says">${view.sentence}</p>
      </section>
      ${ticket(hand, view)}
      ${view.type ? you(hand, view) : nothing} ${keep(hand, view)} ${neighbours(hand, view)} ${works(hand, view)}
      ${review(hand, view)} ${others(hand)}
    `,
    foot: erasing(hand, view),
  });
}

function hang({ say, visit }, view) {
  const chosen = view.paintings.find(({ style }) => style === view.style) ?? view.paintings[0];
  const alt = visit.name ? say("painting_alt", { painter: view.painter, name: visit.name }) : say("painting_alt_nameless", view);
  return html`
    <div class="hang">
      ${chosen ? html`<figure class="hung"><img src=${chosen.large} alt=${alt} width="848" height="1232"></figure>` : nothing}
      <p class="label"><b>${view.title}</b>${view.after}<br>${view.medium}</p>
    </div>
  `;
}

function you({ say }, view) {
  const pair = (key) => (view[key] ? html`<div><dt>${say(key)}</dt><dd>${view[key]}</dd></div>` : nothing);
  return html`
    <section class="you">
      <h2><span class="soft">${say("you_are")}</span> ${view.type.name}</h2>
      <p>${view.type.text}</p>
      ${view.personality ? html`<p>${view.personality}</p>` : nothing}
      <dl class="pairs">${pair("strength")}${pair("weakness")}</dl>
    </section>
  `;
}

function neighbours({ say }, { good, bad }) {
  const beside = [good, bad].filter(Boolean);
  if (beside.length === 0) return nothing;
  return html`
    <section>
      <h2>${say("neighbours")}</h2>
      ${beside.map(
        ({ style, painter, words, text, small }) => html`
          <div class="neigh style-${style}"><img src=${small} alt="">
            <p>${words}<br><b>${painter}</b><br><span class="soft">${text}</span></p></div>
        `,
      )}
    </section>
  `;
}

function works({ say }, view) {
  if (!view.artworks.length) return nothing;
  return html`
    <section>
      <h2>${say("works_title", { painter: view.painter_short })}</h2>
      <ol class="works">
        ${view.artworks.map(({ title: name, year, where }) => html`<li><b>${name}</b><span class="soft">${year}${where ? `, ${where}` : ""}</span></li>`)}
      </ol>
    </section>
  `;
}

/** The light goes on once; a reload finds the painting lit. */
let lit = null;
function seenBefore(visit) {
  if (lit !== null) return lit;
  try {
    const key = `articket-unveiled-${visit}`;
    lit = sessionStorage.getItem(key) !== null;
    sessionStorage.setItem(key, "1");
  } catch {
    lit = true; // storage may be switched off: then rather no curtain than one at each visit
  }
  return lit;
}
