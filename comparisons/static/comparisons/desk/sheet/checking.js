// Asks the server about what she has written, in the background.

const AFTER = 60; // ms: a paste or a run of Enter is one question
const AGAIN_AFTER = 5000; // ms: when the server did not answer
const MOST_AT_ONCE = 800; // cells: the answers to a large paste come in turn

export class Checking {
  /** `on` is told: judged(keys) after each answer, failed(error) when there is none; it is asked again. */
  constructor(store, server, release, on) {
    this.store = store;
    this.server = server;
    this.release = release; // a function: the draft may come into being meanwhile
    this.on = on;
    this.running = null;
  }

  /** Ask about everything that is not judged yet; one question at a time. True when all is judged. */
  ask() {
    this.running ??= new Promise((done) => setTimeout(done, AFTER)).then(() => this.#askAll()).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async #askAll() {
    try {
      while (this.store.unjudged().length) {
        const keys = this.store.toAsk();
        for (let start = 0; start < keys.length; start += MOST_AT_ONCE) {
          await this.#askAbout(keys.slice(start, start + MOST_AT_ONCE).filter((key) => this.store.isChanged(key)));
        }
      }
      return true;
    } catch (error) {
      this.on.failed(error);
      setTimeout(() => this.ask(), AGAIN_AFTER);
      return false;
    }
  }

  async #askAbout(keys) {
    if (!keys.length) return;
    const asked = new Map(keys.map((key) => [key, this.store.content(key)]));
    const verdicts = await this.server.check(this.store.toSend(keys), this.release());
    const fresh = keys.filter((key) => this.store.isChanged(key) && this.store.content(key) === asked.get(key));
    for (const key of fresh) this.store.judge(key, verdicts[key]);
    this.on.judged(fresh);
  }
}
