// Stars and a word; both may be changed as long as the visit is there.
import { html } from "lit-html";
import { press } from "@articket/phone/frame.js";

const LONGEST = 300;
const STAR = "M24 5l5.7 13 14.1 1.3-10.7 9.4 3.2 13.9L24 35.3l-12.3 7.3 3.2-13.9L4.2 19.3 18.3 18z";

export function review(hand, view) {
  const { say, local } = hand;
  const stars = local.stars ?? view.review?.stars ?? 0;
  const comment = local.comment ?? view.review?.comment ?? "";
  const same = stars === (view.review?.stars ?? 0) && comment === (view.review?.comment ?? "");
  const said = stars ? say(`star_said_${stars}`) : "";
  return html`
    <section class="review">
      <fieldset>
        <legend>${say("review_title")}</legend>
        <div class="stars">${[1, 2, 3, 4, 5].map((n) => star(hand, n, stars))}</div>
      </fieldset>
      <p class="soft" role="status">${view.review && same ? say("review_thanks") : said}</p>
      <label class="field"><span>${say("comment")}</span>
        <textarea maxlength=${LONGEST} rows="3" .value=${comment} @input=${(event) => hand.set({ comment: event.target.value })}></textarea></label>
      ${stars && !same
        ? press(hand, { key: "review", text: say("review_send"), act: () => hand.press("review", "review", { stars, comment: comment.trim() }) })
        : ""}
    </section>
  `;
}

function star(hand, n, stars) {
  return html`
    <label class=${n <= stars ? "on" : ""}>
      <input type="radio" name="stars" value=${n} .checked=${n === stars} @change=${() => hand.set({ stars: n })}>
      <span class="aloud">${hand.say("star", { n })}</span>
      <svg viewBox="0 0 48 48" aria-hidden="true"><path d=${STAR} /></svg>
    </label>
  `;
}
