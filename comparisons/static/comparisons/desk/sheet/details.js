// What there is to say of the cell she is at, beside its value: or of all the cells she has marked.
import { count, inWords } from "./words.js";

const FOR_ALL = "Det du väljer här gäller alla markerade rutor som har något i sig.";

export class Details {
  /** `on` is told: edited([[key, fields]]), left() when she wants to go back to the table. */
  constructor(section, store, on) {
    this.store = store;
    this.on = on;
    this.keys = [];
    this.parts = Object.fromEntries(
      [...section.querySelectorAll("[data-detail]")].map((element) => [element.dataset.detail, element]),
    );
    const { preliminary, n, source, revert } = this.parts;
    preliminary.addEventListener("change", () => this.#set({ preliminary: preliminary.checked }));
    n.addEventListener("change", () => this.#set({ n: n.value.trim() }));
    source.addEventListener("change", () => this.#set({ source: source.value }));
    revert.addEventListener("click", () => {
      this.#revert();
      this.on.left();
    });
    section.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.on.left();
    });
  }

  /** Show the cells with these keys; `name` is that of the one she is at. Gives what is wrong with it. */
  show(keys, name) {
    this.keys = keys;
    const { parts, store } = this;
    const cells = keys.map((key) => store.now(key));
    const only = cells.length === 1 ? cells[0] : null;
    const verdict = only && store.isChanged(keys[0]) ? store.verdict(keys[0]) : null;
    const filled = cells.filter((cell) => cell.text !== "" && !cell.locked);
    parts.name.textContent = only ? name : `${count(keys.length, "ruta", "rutor")} markerade`;
    parts.problem.textContent = verdict?.error || verdict?.warning || "";
    const saved = store.isChanged(keys[0]) && store.saved(keys[0]).text;
    parts.was.replaceChildren(...(only ? whatStands(only, saved) : filled.length ? [FOR_ALL] : []));
    parts.empty.hidden = Boolean(filled.length || only?.locked);
    parts.fields.hidden = !filled.length;
    parts.revert.hidden = !keys.some((key) => store.isChanged(key));
    this.#fill(filled);
    return parts.problem.textContent;
  }

  /** To the first of the fields, when there is one. */
  focus() {
    if (this.parts.fields.hidden) return false;
    this.parts.preliminary.focus();
    return true;
  }

  /** What all of them have; where they differ, nothing. */
  #fill(filled) {
    const { preliminary, n, source } = this.parts;
    const common = (name) => {
      const values = new Set(filled.map((cell) => cell[name]));
      return values.size === 1 ? [...values][0] : null;
    };
    preliminary.checked = common("preliminary") === true;
    preliminary.indeterminate = filled.length > 1 && common("preliminary") === null;
    if (document.activeElement !== n) n.value = common("n") ?? "";
    // A figure that has a source keeps one: "the indicator's" is for those that are new.
    source.options[0].disabled = filled.some((cell) => cell.token !== "0");
    source.value = common("source") ?? "none of them";
  }

  /** A detail of an empty cell says nothing. */
  #set(fields) {
    const filled = this.keys.filter((key) => this.store.now(key).text !== "");
    this.on.edited(filled.map((key) => [key, fields]));
  }

  #revert() {
    const changed = this.keys.filter((key) => this.store.isChanged(key));
    const saved = (key, names) => Object.fromEntries(names.map((name) => [name, this.store.saved(key)[name]]));
    this.on.edited(changed.map((key) => [key, saved(key, Object.keys(this.store.changes.get(key)))]));
  }
}

function whatStands({ was, locked, lockedUrl }, saved) {
  if (locked) {
    const link = Object.assign(document.createElement("a"), { href: lockedUrl, textContent: locked });
    return ["Siffran väntar i publiceringen ”", link, "” och kan inte ändras här."];
  }
  const parts = [];
  if (saved !== false) parts.push(`Före din ändring: ${inWords(saved)}. `);
  if (was !== null) parts.push(`Publicerat: ${was || "inget värde"}.`);
  return parts;
}
