// The lists of what to mend, and of what somebody else has changed: each with a way to its cell.
import { count, inWords, toDo } from "./words.js";

const MOST_SHOWN = 50;

export class Problems {
  /** `on` is told: goTo(key), overrule(key, reason), settle(conflicts, keepMine). */
  constructor(section, on) {
    this.on = on;
    this.section = section;
    this.items = new Map(); // what is drawn, so that what she is writing in stays while others come and go
    this.conflicts = [];
    this.list = make("ul");
    this.heading = make("h2", { className: "w-h4" });
    this.more = make("p");
    this.toMend = make("div", {}, this.heading, this.list, this.more);
    this.toSettle = make("div");
    section.append(this.toSettle, this.toMend);
  }

  /** Draw both lists. `problems` have key, error, warning, overruled; `name` names a key. */
  draw(problems, name) {
    this.section.hidden = !problems.length && !this.conflicts.length;
    this.toMend.hidden = !problems.length;
    this.heading.textContent = toDo(problems) || "Det du har förklarat";
    const shown = problems.slice(0, MOST_SHOWN).map((problem) => this.#item(problem, name));
    arrange(this.list, shown);
    const rest = problems.length - shown.length;
    this.more.textContent = rest ? `Och ${rest} till, markerade i tabellen.` : "";
  }

  /** Ask which of two values to keep. */
  ask(conflicts, name) {
    const hadFocus = this.toSettle.contains(document.activeElement);
    this.conflicts = conflicts;
    this.toSettle.replaceChildren(...(conflicts.length ? this.#questions(name) : []));
    if (hadFocus) this.toSettle.querySelector("h2")?.focus();
    return hadFocus && !conflicts.length;
  }

  /** To the questions, or to the first thing to mend. */
  focus() {
    this.toSettle.querySelector("h2")?.focus();
  }

  #item({ key, error, warning, overruled }, name) {
    const id = `${key}|${error || warning}`;
    let item = this.items.get(id);
    if (!item) {
      const link = make("button", { type: "button", className: "sheet-link", textContent: name(key) });
      link.addEventListener("click", () => this.on.goTo(key));
      item = make("li", { className: error ? "is-wrong" : "is-doubtful" }, link, error || warning);
      if (!error) item.append(this.#reason(key));
      this.items.set(id, item);
    }
    const field = item.querySelector("input");
    if (field && field !== document.activeElement) field.value = overruled;
    return item;
  }

  #reason(key) {
    const field = make("input", { type: "text", maxLength: 255, autocomplete: "off" });
    field.addEventListener("change", () => this.on.overrule(key, field.value.trim()));
    return make("label", {}, "Stämmer ändå, därför att", field);
  }

  #questions(name) {
    const heading = make("h2", {
      className: "w-h4",
      tabIndex: -1,
      textContent: `Ändrat av någon annan: ${count(this.conflicts.length, "ruta", "rutor")}`,
    });
    const open = this.conflicts.filter((conflict) => !conflict.locked);
    const all = make("p", { className: "sheet-choice" });
    if (open.length > 1) {
      all.append(
        this.#choice("Behåll alla mina", open, true),
        this.#choice("Ta alla de andras", open, false),
      );
    }
    return [heading, all, make("ul", {}, ...this.conflicts.map((conflict) => this.#question(conflict, name)))];
  }

  #question(conflict, name) {
    const { key, mine, theirs, beside, who, when, locked } = conflict;
    const about = when ? `${who}, ${when}` : who;
    const link = make("button", { type: "button", className: "sheet-link", textContent: name(key) || conflict.name });
    link.addEventListener("click", () => this.on.goTo(key));
    const told = locked
      ? `Siffran ligger nu i ”${locked}” (${about}) med ${inWords(theirs)}, och kan inte ändras här. Du skrev ${inWords(mine)}.`
      : `Du skrev ${inWords(mine)}. Där står nu ${[inWords(theirs), beside].filter(Boolean).join(", ")} (${about}).`;
    const choices = locked
      ? [this.#choice("Ta bort mitt", [conflict], false)]
      : [
          this.#choice(`Behåll mitt: ${inWords(mine)}`, [conflict], true),
          this.#choice(`Ta det andra: ${inWords(theirs)}`, [conflict], false),
        ];
    return make("li", {}, link, told, make("p", { className: "sheet-choice" }, ...choices));
  }

  #choice(label, conflicts, keepMine) {
    const button = make("button", {
      type: "button",
      className: "button button-small button-secondary",
      textContent: label,
    });
    button.addEventListener("click", () => this.on.settle(conflicts, keepMine));
    return button;
  }
}

/** An element with its properties and children. */
function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Make these the children of a list, and touch only those that come, go or move. */
function arrange(list, items) {
  for (const child of [...list.children]) if (!items.includes(child)) child.remove();
  items.forEach((item, place) => {
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
  });
}
