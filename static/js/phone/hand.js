// What a screen may know and do: the snapshot, the sentences, and one command at a time.

const AT_MOST_MS = 2_000;
const SECOND_TAP_MS = 350;

/** `others` are earlier visits of this phone; only the first snapshot tells of them. */
export class Hand {
  /** What the visitor has begun on this screen and not sent; forgotten when the stage changes. */
  local = {};
  /** The photo on its way outlives the stage: a retake finds it again. */
  draft = null;
  /** The photo that the page found when it was opened, once it can be moved. */
  hung = null;
  /** The name and the wish for the wall outlive it too: a call may come while somebody types. */
  begun = {};
  #stage = null;
  #sent = null;
  #room = null;
  #fresh = 0;

  constructor({ live, say, redraw, others }) {
    Object.assign(this, { live, say, redraw, others });
  }

  get snapshot() {
    return this.live.snapshot;
  }

  get stage() {
    return this.snapshot.stage;
  }

  get view() {
    if (this.stage !== this.#stage) {
      this.#stage = this.stage;
      this.local = {};
      this.#sent = null;
    }
    return this.snapshot.view;
  }

  get visit() {
    return this.snapshot.view.visit ?? {};
  }

  /** The key of the press that is still on its way, or null. */
  get busy() {
    const sent = this.#sent;
    if (sent && sent.rev !== null && this.snapshot.rev >= sent.rev) this.#sent = null;
    return this.#sent?.key ?? null;
  }

  /** Whether the visitor came into this room a moment ago: the second tap of a thumb that meant one goes nowhere. */
  isFresh(room) {
    if (this.#room !== null && room !== this.#room) {
      clearTimeout(this.#fresh);
      this.#fresh = setTimeout(() => {
        this.#fresh = 0;
        this.redraw();
      }, SECOND_TAP_MS);
    }
    this.#room = room;
    return this.#fresh !== 0;
  }

  /** Changes this screen only. */
  set(fields) {
    Object.assign(this.local, fields);
    this.redraw();
  }

  /** Changes what was begun, whatever stage comes next. */
  begin(fields) {
    Object.assign(this.begun, fields);
    this.redraw();
  }

  /** Sends one command; a second press waits until the first one's answer is on the screen. */
  async press(key, type, fields = {}) {
    if (this.busy) return null;
    const sent = { key, rev: null };
    this.#sent = sent;
    this.set({ fault: null });
    const ack = await this.live.send(type, fields);
    const settle = () => {
      if (this.#sent === sent) this.#sent = null;
      this.redraw();
    };
    if (ack.ok) {
      sent.rev = ack.rev;
      setTimeout(settle, AT_MOST_MS); // the snapshot of that revision may have been skipped
    } else {
      if (ack.code !== "step-stale") this.local.fault = ack;
      settle();
    }
    this.redraw();
    return ack;
  }
}
