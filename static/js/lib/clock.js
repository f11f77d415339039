// Phones' clocks are wrong by minutes; deadlines are the server's.

/** The server's time, learnt from each snapshot. */
export class Clock {
  #offset = 0;

  sync(serverNow) {
    this.#offset = serverNow - Date.now() / 1000;
  }

  /** Epoch seconds on the server. */
  now() {
    return Date.now() / 1000 + this.#offset;
  }

  /** Seconds until `deadline`, never below 0; null where there is none. */
  left(deadline) {
    return deadline === null || deadline === undefined ? null : Math.max(0, deadline - this.now());
  }
}
