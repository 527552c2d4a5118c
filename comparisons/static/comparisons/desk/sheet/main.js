// The sheet's screen: brings together the grid, what is in it, the lists beside it and the server.
import { listenToAdding } from "./adding.js";
import { readCells } from "./cells.js";
import { Checking } from "./checking.js";
import { Details } from "./details.js";
import { Grid } from "./grid.js";
import { Problems } from "./problems.js";
import { Server } from "./server.js";
import { Store } from "./store.js";
import { count, toDo } from "./words.js";

const desk = document.querySelector("[data-sheet-desk]");
const find = (name) => desk.querySelector(`[data-sheet-${name}]`);
const form = find("save");
const wrongReason = desk.querySelector("#draft-reason-wrong");
const store = new Store();
const server = new Server({ ...desk.dataset, token: form.elements.csrfmiddlewaretoken.value });
let release = desk.querySelector("#sheet").dataset.release || null;
let isLost = false; // the server did not answer when it was asked last
let isSaving = false;
let isLeaving = false;

const checking = new Checking(store, server, () => release, {
  judged: (keys) => {
    if (isLost) tell("");
    isLost = false;
    grid.draw(keys);
    refresh();
    say(toDo(keys.map((key) => ({ ...store.verdict(key), ...store.now(key) }))));
  },
  failed: (error) => {
    isLost = true;
    tellError(error);
  },
});

const details = new Details(find("details"), store, { edited, left: () => grid.focus() });

const problems = new Problems(find("problems"), {
  goTo: (key) => grid.goTo(key),
  overrule: (key, reason) => edited([[key, { overruled: reason }]]),
  settle,
});

const grid = new Grid(desk.querySelector("#sheet"), store, {
  moved: (keys) => {
    showDetails(keys);
    if (keys.length > 1) say(`${keys.length} rutor markerade.`);
  },
  edited,
  said: (sentence, isLoud) => (isLoud ? tell(sentence) : say(sentence)),
  left: () => details.focus() || find("submit").focus(),
});

// --- What is told ---

/** To a screen reader, of what everybody else sees. */
function say(sentence) {
  if (sentence) find("status").textContent = sentence;
}

/** To everybody, beside the button that saves. */
function tell(sentence) {
  find("message").textContent = sentence;
  if (sentence) find("message").scrollIntoView({ block: "nearest" });
}

function tellError(error) {
  if (find("message").textContent.startsWith(error.message)) return; // told already
  tell(error.message);
  if (!error.isLoggedOut) return;
  const link = Object.assign(document.createElement("a"), { href: desk.dataset.login, target: "_blank" });
  link.textContent = "Logga in i en ny flik";
  find("message").append(" ", link);
}

// --- What she changes ---

function edited(edits) {
  changed(store.change(edits));
}

/** After the store has changed: draw, say what is wrong, and ask the server about what is new. */
function changed(keys) {
  tell("");
  grid.draw(keys);
  refresh();
  if (store.unjudged().length) checking.ask();
}

function refresh() {
  const byKey = new Map(store.problems().map((problem) => [problem.key, problem]));
  const found = grid.sorted([...byKey.keys()]).map((key) => byKey.get(key));
  problems.draw(found, (key) => grid.name(key));
  find("undo").disabled = !store.past.length;
  find("redo").disabled = !store.future.length;
  const changes = store.changes.size;
  find("count").textContent = changes
    ? `${count(changes, "ändrad ruta, inte sparad", "ändrade rutor, inte sparade")}. `
    : "";
  find("next").textContent = toDo(found);
  find("next").hidden = !toDo(found);
  showDetails(grid.selected());
}

function showDetails(keys) {
  if (!grid.key) return;
  const said = details.show(keys, grid.name(grid.key));
  // In sight too where the details are further down; a screen reader is told of it by the cell.
  find("here").textContent = said;
}

/** The next thing to mend after the cell she is at. */
find("next").addEventListener("click", () => {
  const open = store.problems().filter((problem) => problem.error || !problem.overruled);
  const keys = grid.sorted([grid.key, ...open.map((problem) => problem.key).filter((key) => key !== grid.key)]);
  grid.goTo(keys[(keys.indexOf(grid.key) + 1) % keys.length]);
});

function settle(settled, keepMine) {
  for (const { key, theirs, token, preliminary, n, source, overruled, locked } of settled) {
    const details = { preliminary, n: String(n ?? ""), source: String(source ?? ""), overruled };
    store.rebase(key, { text: theirs, token, locked, ...details }, keepMine);
  }
  const isLast = problems.ask(problems.conflicts.filter((other) => !settled.includes(other)), (key) => grid.name(key));
  changed(settled.map(({ key }) => key));
  if (isLast) grid.goTo(settled.at(-1).key);
}

// --- Back and forth ---

/** Take a step back or forth, and go where it was taken. */
function stepped(keys) {
  if (!keys.length) return;
  changed(keys);
  grid.goTo(grid.sorted(keys)[0]);
  say(`${count(keys.length, "ruta", "rutor")} som före.`);
}

find("undo").addEventListener("click", () => stepped(store.undo()));
find("redo").addEventListener("click", () => stepped(store.redo()));
find("frame").addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.tagName === "INPUT") return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) stepped(store.undo());
  else if (key === "y" || (key === "z" && event.shiftKey)) stepped(store.redo());
  else return;
  event.preventDefault();
});

// --- More periods and columns ---

function listenToAdd() {
  const written = find("add").elements;
  listenToAdding(find("add"), server, {
    added: (screen, url) => {
      const typed = written["add-period"].value;
      const known = new Set(grid.cells.keys());
      const table = screen.querySelector("#sheet");
      find("frame").replaceChildren(table);
      find("add").replaceWith(screen.querySelector("[data-sheet-add]"));
      listenToAdd();
      store.adopt(readCells(table));
      grid.take(table);
      grid.draw([...store.changes.keys()]);
      refresh();
      history.replaceState(null, "", url);
      const [first] = [...grid.cells.keys()].filter((key) => !known.has(key));
      const field = find("add").elements["add-period"];
      const isWrong = field.hasAttribute("aria-invalid");
      if (isWrong) field.value = typed;
      if (first && !isWrong) grid.goTo(first);
      else field.focus();
      if (first) say(`Tillagt: ${grid.name(first)}.`);
      else if (!isWrong) tell("Tabellen har redan det du ville lägga till.");
    },
    failed: tellError,
  });
}

// --- Save ---

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isSaving) return;
  isSaving = true;
  const label = find("submit").querySelector("span");
  const words = label.textContent;
  label.textContent = "Sparar …";
  tell("");
  grid.commit();
  try {
    if (!store.unjudged().length || (await checking.ask())) await save();
  } catch (error) {
    tellError(error);
  }
  label.textContent = words;
  isSaving = false;
});

async function save() {
  const names = ["title", "reason", "seen_title", "seen_reason"];
  const words = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
  const { ok, body } = await server.save({ cells: store.toSend(), release, ...words });
  if (ok) leave(body.release);
  else refused(body);
}

function leave(saved) {
  const url = new URL(location.href);
  if (saved) url.searchParams.set("publicering", saved);
  else url.searchParams.delete("publicering");
  isLeaving = true;
  location.assign(url);
}

/** Nothing was saved: show why, and go there. */
function refused({ message, cells, conflicts, reason, release: other }) {
  for (const [key, verdict] of Object.entries(cells)) store.judge(key, verdict);
  problems.ask(conflicts, (key) => grid.name(key));
  if (other) {
    release = String(other.id);
    form.elements.seen_reason.value = other.reason;
    form.elements.seen_title.value = other.title;
  }
  wrongReason.textContent = reason;
  form.elements.reason.setAttribute("aria-invalid", reason ? "true" : "false");
  grid.draw(Object.keys(cells));
  refresh();
  if (conflicts.length) problems.focus();
  else if (reason) form.elements.reason.focus();
  else if (Object.keys(cells).length) grid.goTo(grid.sorted(Object.keys(cells))[0]);
  tell(message);
}

window.addEventListener("beforeunload", (event) => {
  if (store.changes.size && !isLeaving) event.preventDefault();
});

store.adopt(readCells(grid.table));
listenToAdd();
refresh();
