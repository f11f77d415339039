// What the wall says when it shows nothing: the line rests, or the server is away.
import { html } from "lit-html";

const inOneLine = (title) => title.replaceAll("\n", " ");

const both = (what, others) => others.map((other) => html`<p class="second" lang=${other.locale}>${inOneLine(other(`${what}_title`))} ${other(`${what}_text`)}</p>`);

export const paused = ({ say, others }) => html`<main class="scene rest paused">
  <div class="shut" aria-hidden="true"></div><div class="floor"></div>
  <section class="say"><h1 data-fit="96">${say("paused_title")}</h1><p>${say("paused_text")}</p>${both("paused", others)}</section>
</main>`;

export const away = ({ say, others }) => html`<main class="scene rest away">
  <div class="patch" aria-hidden="true"></div>
  <p class="label"><b>${say("away_label")}</b>${say("away_label_text")}</p>
  <section class="say"><h1 data-fit="96">${say("away_title")}</h1><p>${say("away_text")}</p>${both("away", others)}</section>
</main>`;

export const dark = () => html`<main class="dark"></main>`;
