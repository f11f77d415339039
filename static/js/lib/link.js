// One socket that comes back: its own pace of retries, an application ping, and no faith in silence.
import { io } from "socket.io-client";

const { pingS = 10, silenceS = 25 } = document.documentElement.dataset; // settings of the booth
const PING_MS = pingS * 1_000;
const SILENCE_MS = silenceS * 1_000;
const WAKE_MS = 3_000;
const ACK_MS = 6_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const BESIDE_POLLING_MS = 15_000;

/** `on` has up(), down(failures), event(name, payload); `pollingWorks()` slows the retries down. */
export class Link {
  failures = 0;
  #retry = 0;
  #heard = 0;
  #stopped = true;

  constructor({ role, token, keep, on, pollingWorks }) {
    Object.assign(this, { on, pollingWorks });
    this.socket = io({
      path: "/socket.io",
      transports: ["websocket"],
      reconnection: false, // the pace is ours, see #failed
      autoConnect: false,
      timeout: ACK_MS,
      auth: { role, ...(token && { token }), ...(keep && { keep }) },
    });
    this.socket.on("connect", () => this.#connected());
    this.socket.on("connect_error", () => this.#failed());
    this.socket.on("disconnect", () => this.#failed());
    this.socket.onAny((name, payload) => {
      this.#heard = Date.now();
      this.on.event(name, payload);
    });
    setInterval(() => this.#listen(), PING_MS);
  }

  get connected() {
    return this.socket.connected;
  }

  open() {
    this.#stopped = false;
    clearTimeout(this.#retry);
    this.socket.connect();
  }

  /** Ends the connection and its retries, until open(). */
  close() {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.socket.disconnect();
  }

  /** The page is looked at again, or the network is back: find out now whether the socket still lives. */
  wake() {
    if (this.#stopped) return;
    this.failures = 0;
    if (this.connected) this.request("ping", {}, WAKE_MS).catch(() => this.#again());
    else this.open();
  }

  /** Emits and resolves with the ack; rejects when none came in time. */
  async request(name, payload, limit = ACK_MS) {
    const answer = await this.socket.timeout(limit).emitWithAck(name, payload);
    this.#heard = Date.now();
    return answer;
  }

  #connected() {
    this.failures = 0;
    this.#heard = Date.now();
    this.on.up();
  }

  #failed() {
    clearTimeout(this.#retry);
    if (this.#stopped) return;
    this.failures += 1;
    const longest = this.pollingWorks() ? BESIDE_POLLING_MS : LONGEST_RETRY_MS;
    const wait = this.failures > 2 && this.pollingWorks() ? longest : FIRST_RETRY_MS * 2 ** (this.failures - 1);
    this.#retry = setTimeout(() => this.open(), Math.min(longest, wait) * (0.8 + 0.4 * Math.random()));
    this.on.down(this.failures);
  }

  #listen() {
    if (!this.connected) return;
    if (Date.now() - this.#heard > SILENCE_MS) this.#again();
    else this.request("ping", {}).catch(() => {});
  }

  #again() {
    this.socket.disconnect(); // raises "disconnect", which plans the retry
  }
}
