// What stands in the cells, what she has changed, and the way back: no drawing here.

/** The fields of a cell that she can change; `text` is what she wrote, word for word. */
export const FIELDS = ["text", "preliminary", "n", "source", "overruled"];

/** More changed cells than this are each asked about once. */
const MOST_ASKED_AGAIN = 200;

const EMPTY = { text: "", token: "0", preliminary: false, n: "", source: "", overruled: "", was: null, locked: "" };

export class Store {
  constructor() {
    this.base = new Map(); // key -> the cell as the server gave it; an empty cell is not there
    this.changes = new Map(); // key -> the fields that differ from it
    this.verdicts = new Map(); // key and content -> how the server understood it
    this.past = [];
    this.future = [];
  }

  /**
   * Take over cells as the server gives them. What she has changed stays as it was when she changed
   * it, so that a save tells her if somebody else has changed it since.
   */
  adopt(cells) {
    for (const [key, cell] of cells) if (!this.isChanged(key)) this.base.set(key, { ...EMPTY, ...cell });
  }

  saved(key) {
    return this.base.get(key) ?? EMPTY;
  }

  /** The cell as she has it. */
  now(key) {
    return { ...this.saved(key), ...this.changes.get(key) };
  }

  isChanged(key) {
    return this.changes.has(key);
  }

  /** Change some cells as one step: pairs of key and fields. Returns the keys that took the change. */
  change(edits) {
    const step = [];
    for (const [key, fields] of edits) {
      if (this.saved(key).locked) continue;
      const before = this.changes.get(key);
      const after = this.#differing(key, { ...before, ...fields });
      if (same(before, after)) continue;
      step.push([key, before, after]);
      this.#set(key, after);
    }
    if (step.length) {
      this.past.push(step);
      this.future = [];
    }
    return step.map(([key]) => key);
  }

  undo() {
    return this.#step(this.past, this.future, 1);
  }

  redo() {
    return this.#step(this.future, this.past, 2);
  }

  /** The cell as somebody else has left it, which she has now seen; hers is kept over it, or dropped. */
  rebase(key, cell, keepMine) {
    this.base.set(key, { ...this.saved(key), ...cell });
    const mine = this.changes.get(key);
    this.#set(key, keepMine && mine ? this.#differing(key, mine) : undefined);
  }

  // --- How the server understood it ---

  verdict(key) {
    return this.verdicts.get(this.content(key));
  }

  /** Take note of it. What is understood as what stands there already is no change. */
  judge(key, verdict) {
    this.verdicts.set(this.content(key), verdict);
    this.#dropIfNone(key);
  }

  /** Changed cells that the server has not been asked about. */
  unjudged() {
    return [...this.changes.keys()].filter((key) => !this.verdict(key));
  }

  /**
   * What to ask the server about, series by series. A figure is held against its neighbours, so while
   * the changed cells are few, all of them are asked about again beside the new ones.
   */
  toAsk() {
    const keys = this.changes.size <= MOST_ASKED_AGAIN ? [...this.changes.keys()] : this.unjudged();
    return keys.sort();
  }

  /** What the cell shows: her text as it was understood, once it has been. */
  shown(key) {
    const verdict = this.isChanged(key) ? this.verdict(key) : null;
    return verdict && !verdict.error ? verdict.text : this.now(key).text;
  }

  /** The changed cells with an error or a warning; `overruled` is her reason against a warning. */
  problems() {
    return [...this.changes.keys()]
      .map((key) => ({ key, ...this.verdict(key), overruled: this.now(key).overruled }))
      .filter((problem) => problem.error || problem.warning);
  }

  /** The changed cells as they are sent. */
  toSend(keys = [...this.changes.keys()]) {
    return keys.map((key) => {
      const { text, ...details } = this.changes.get(key);
      return { key, token: this.saved(key).token, ...details, text: this.shown(key) };
    });
  }

  /** What a verdict is about. */
  content(key) {
    const { text, n } = this.now(key);
    return `${key}|${n}|${text}`;
  }

  #differing(key, fields) {
    const saved = this.saved(key);
    const differing = Object.fromEntries(
      FIELDS.filter((name) => name in fields && fields[name] !== saved[name]).map((name) => [name, fields[name]]),
    );
    if (!Object.keys(differing).length) return undefined;
    return { text: saved.text, ...differing };
  }

  #dropIfNone(key) {
    const verdict = this.isChanged(key) ? this.verdict(key) : null;
    if (!verdict || verdict.error) return;
    const fields = this.changes.get(key);
    if (!this.#differing(key, { ...fields, text: verdict.text })) this.#set(key, undefined);
  }

  #set(key, fields) {
    if (fields) this.changes.set(key, fields);
    else this.changes.delete(key);
  }

  #step(from, to, take) {
    const step = from.pop();
    if (!step) return [];
    to.push(step);
    for (const entry of step) {
      this.#set(entry[0], entry[take]);
      this.#dropIfNone(entry[0]);
    }
    return step.map(([key]) => key);
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
