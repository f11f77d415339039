// The receipt of a deletion: what there was, how much, and when it went.
import { html, nothing } from "lit-html";
import { frame, title } from "@articket/phone/frame.js";

export function deleted(hand, { receipt, remains = [] }) {
  const { say, visit } = hand;
  const items = receipt.items.filter(({ count }) => count > 0);
  return frame(hand, {
    name: "deleted",
    aside: "",
    body: html`
      ${title(say(remains.length ? "deleted_title_here" : "deleted_title"))}
      <section class="receipt num">
        <h2>${say("receipt")}</h2>
        <dl>
          ${items.map(({ what, count }) => html`<div><dt>${say(`item_${what}`)}</dt><dd>${say(`item_${what}_count`, { n: count })}</dd></div>`)}
          ${items.length ? nothing : html`<div><dt>${say("receipt_nothing")}</dt><dd>0</dd></div>`}
          <div class="sum"><dt>${when(say.locale, receipt.at)}</dt><dd>${say("receipt_code", { code: receipt.code })}</dd></div>
        </dl>
      </section>
      ${remains.length ? html`<section class="remains">
        <h2>${say("remains")}</h2>
        ${remains.map(({ what, until }) => html`<p>${say(`remain_${what}`, { until })}</p>`)}
      </section>` : nothing}
      ${items.some(({ what }) => what === "ticket") ? html`<p class="lead">${say("deleted_paper")}</p>` : nothing}
      <p class="soft lead">${say("gone_again")}</p>
    `,
    foot: visit.assisted ? html`<a class="press plain still" href="/staff">${say("to_staff")}</a>` : nothing,
  });
}

function when(locale, at) {
  const form = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(locale, form).format(new Date(at * 1_000));
}
