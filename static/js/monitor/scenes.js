// Which scene stands on the wall, and how one follows another.
import { html } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { Calling } from "@articket/monitor/calling.js";
import { Idle } from "@articket/monitor/idle.js";
import { Painting } from "@articket/monitor/painting.js";
import { Quiz } from "@articket/monitor/quiz.js";
import { away, dark, paused } from "@articket/monitor/rest.js";
import { Reveal } from "@articket/monitor/reveal.js";
import { Welcome } from "@articket/monitor/welcome.js";

/** The name of the scene for what the server said last, and whether it can still be heard. */
export function sceneOf({ stage, view }, { lost }) {
  if (lost) return "away";
  if (view.blanked) return "dark";
  if (stage === "idle" && view.door === "paused") return "paused";
  return stage;
}

export class Scenes {
  #name = null;
  #stage = null;

  constructor(redraw) {
    this.scenes = {
      idle: new Idle(redraw),
      calling: new Calling(),
      welcome: new Welcome(),
      quiz: new Quiz(redraw),
      painting: new Painting(redraw),
      reveal: new Reveal(redraw),
      paused: { draw: paused },
      away: { draw: away },
      dark: { draw: dark },
    };
  }

  draw(moment) {
    const { snapshot, live } = moment;
    const name = sceneOf(snapshot, live);
    this.#follow(snapshot.stage, moment);
    if (name !== this.#name) document.body.dataset.scene = name;
    this.#name = name;
    return keyed(name, html`<div class="arrive">${this.scenes[name].draw(moment)}</div>`);
  }

  /** A scene begins with its stage; a lost line or a dark wall in between does not begin it anew. */
  #follow(stage, moment) {
    if (stage === this.#stage) return;
    this.scenes[this.#stage]?.leave?.();
    this.scenes[stage]?.enter?.({ ...moment, restarted: this.#stage === null });
    this.#stage = stage;
  }
}
