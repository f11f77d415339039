// A soft tone for a ticket that can be printed, a lower one for trouble; silent until staff ask for it.
import { html } from "lit-html";
import { keep, kept } from "@articket/staff/kept.js";

const KEY = "articket-sound";
const LOUD = 0.16;
const RING_S = 0.5;
// Each note in Hz, and when it begins in seconds.
const NOTES = { ticket: [[659.3, 0], [880, 0.16]], trouble: [[392, 0], [311.1, 0.22]] };

export class Sound {
  on = kept(KEY) === "on";
  #context = null;
  #newest = null;
  #troubles = null;

  constructor({ redraw }) {
    this.redraw = redraw;
    // After a reload a browser lets nobody ring before the first press anywhere on the page.
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, () => this.on && this.#wake());
  }

  toggle() {
    this.on = !this.on;
    keep(KEY, this.on ? "on" : "off");
    if (this.on) {
      this.#wake();
      this.#ring("ticket");
    }
    this.redraw();
  }

  /** Listens to a snapshot: what is newer than anything before rings once, whatever was missed meanwhile. */
  hear({ visits, troubles, printer }) {
    const since = visits.map(({ print }) => print?.since ?? 0);
    const wanted = visits.filter(({ print }) => print?.state === "queued").map(({ print }) => print.since ?? 0);
    const now = new Set([...troubles, ...(printer?.trouble ? [{ code: printer.trouble }] : [])].map(({ code, params }) =>
      `${code}/${JSON.stringify(params ?? {})}`));
    if (this.#newest !== null) {
      const isNew = wanted.some((at) => at > this.#newest);
      const isBroken = [...now].some((trouble) => !this.#troubles.has(trouble));
      if (isBroken) this.tell("trouble");
      else if (isNew) this.tell("ticket");
    }
    this.#newest = Math.max(this.#newest ?? 0, ...since);
    this.#troubles = now;
  }

  /** Rings where staff want to hear it. */
  tell(kind) {
    if (this.on) this.#ring(kind);
  }

  #wake() {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume();
  }

  #ring(kind) {
    const context = this.#context;
    if (!context) return;
    for (const [pitch, begins] of NOTES[kind]) {
      const from = context.currentTime + begins;
      const voice = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setTargetAtTime(LOUD, from, 0.015);
      volume.gain.setTargetAtTime(0, from + 0.1, 0.12);
      voice.connect(volume).connect(context.destination);
      voice.start(from);
      voice.stop(from + RING_S);
    }
    document.dispatchEvent(new CustomEvent("articket:tone", { detail: { kind } }));
  }
}

export const bell = ({ sound, say }) => html`<button type="button" class="act bell ${sound.on ? "" : "plain"}" aria-pressed=${
  sound.on ? "true" : "false"} @click=${() => sound.toggle()}>${say(sound.on ? "sound_on" : "sound_off")}</button>`;
