// The table as a grid: where she is, what she has marked, and what the keys, the mouse and a finger do.
import { layBlock, readBlock, whatWasPasted, writeBlock } from "./blocks.js";
import { drawCell } from "./cells.js";
import { Writing } from "./writing.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const SCREENFUL = 15; // rows: Page Up and Page Down

export class Grid {
  /** `on` is told: moved(keys marked), edited([[key, fields]]), said(sentence, isLoud), left(). */
  constructor(table, store, on) {
    this.store = store;
    this.on = on;
    this.marked = [];
    this.byFinger = false;
    this.writing = new Writing({
      written: (key, text) => text !== this.store.now(key).text && this.on.edited([[key, { text }]]),
      closed: (key) => this.draw([key]),
    });
    this.take(table);
  }

  /** Work with this table, at the cell it was at when it has one of that name. */
  take(table) {
    const key = this.body && this.key;
    this.table = table;
    this.body = table.tBodies[0];
    this.cells = new Map();
    for (const cell of table.querySelectorAll("td[data-key]")) this.cells.set(cell.dataset.key, cell);
    const start = this.#start();
    this.at = this.anchor = this.cells.has(key) ? this.#place(this.cells.get(key)) : start;
    this.#current()?.setAttribute("tabindex", "0");
    table.addEventListener("keydown", (event) => this.#pressed(event));
    // A sign that no key stands for: a dash by Alt and its number, a dictated word.
    table.addEventListener("keypress", (event) => this.#cellOf(event) && !this.writing.isOpen && this.#typed(event));
    table.addEventListener("pointerdown", (event) => (this.byFinger = event.pointerType === "touch"));
    table.addEventListener("mousedown", (event) => this.#pointed(event));
    table.addEventListener("mouseover", (event) => this.#dragged(event));
    table.addEventListener("dblclick", (event) => this.#cellOf(event) && this.edit());
    table.addEventListener("focusin", (event) => this.#focused(event));
    table.addEventListener("copy", (event) => this.#copied(event));
    table.addEventListener("cut", (event) => this.#copied(event) && this.#emptied());
    table.addEventListener("paste", (event) => this.#pasted(event));
  }

  /** Where the new figures go: the first new row or column, brought into view. */
  #start() {
    const column = this.table.tHead.querySelector("th.is-new");
    const row = this.body.querySelector("tr.is-new");
    const frame = this.table.parentNode;
    const corner = this.table.tHead.rows[0].cells[0];
    // A cell that is gone to is not to end up under the heads, which stay where they are.
    frame.style.scrollPadding = `${corner.offsetHeight}px 0 0 ${corner.offsetWidth}px`;
    if (row) frame.scrollTop = row.offsetTop - frame.clientHeight / 2;
    if (column) frame.scrollLeft = column.offsetLeft - corner.offsetWidth;
    return [row?.sectionRowIndex ?? 0, column ? column.cellIndex - 1 : 0];
  }

  get key() {
    return this.#current()?.dataset.key;
  }

  get #size() {
    return [this.body.rows.length, this.table.tHead.rows[0].cells.length - 1];
  }

  /** The cell in words, from the heads of its row and column. */
  name(key) {
    const cell = this.cells.get(key);
    if (!cell) return "";
    const column = this.table.tHead.rows[0].cells[cell.cellIndex];
    return [cell.parentNode.cells[0], column].map((head) => head.firstChild.textContent.trim()).join(", ");
  }

  /** Keys in the order of the table. */
  sorted(keys) {
    const place = (key) => (this.cells.has(key) ? this.#place(this.cells.get(key)) : [Infinity, 0]);
    const placed = keys.map((key) => [place(key), key]);
    return placed.sort(([one], [other]) => one[0] - other[0] || one[1] - other[1]).map(([, key]) => key);
  }

  /** Draw what the store says of these cells. */
  draw(keys) {
    for (const key of keys) {
      const cell = this.cells.get(key);
      if (cell && !this.writing.isIn(cell)) drawCell(cell, key, this.store);
    }
  }

  goTo(key) {
    const cell = this.cells.get(key);
    if (cell) this.#move(this.#place(cell));
  }

  /** Back to where she was. */
  focus() {
    this.#current()?.focus();
  }

  /** The keys of what is marked: the cell she is at, or the whole block. */
  selected() {
    return this.#block().flat();
  }

  /** Keep what is being written. */
  commit() {
    this.writing.close(true);
  }

  // --- Where she is ---

  #current() {
    return this.#cell(...this.at);
  }

  #cell(row, column) {
    return this.body.rows[row]?.cells[column + 1];
  }

  #place(cell) {
    return [cell.parentNode.sectionRowIndex, cell.cellIndex - 1];
  }

  #cellOf(event) {
    return event.target.closest?.("td[data-key]");
  }

  #move(to, { extend = false, anchor = to } = {}) {
    const [height, width] = this.#size;
    if (!height) return;
    this.#current()?.setAttribute("tabindex", "-1");
    this.at = [clamp(to[0], height), clamp(to[1], width)];
    if (!extend) this.anchor = [clamp(anchor[0], height), clamp(anchor[1], width)];
    this.tabbedFrom = null;
    this.#mark();
    const cell = this.#current();
    cell.setAttribute("tabindex", "0");
    // First what is said of the cell, then the cell: that is when a screen reader reads both.
    this.on.moved(this.selected());
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #block() {
    const [top, bottom] = order(this.at[0], this.anchor[0]);
    const [left, right] = order(this.at[1], this.anchor[1]);
    return [...this.body.rows]
      .slice(top, bottom + 1)
      .map((row) => [...row.cells].slice(left + 1, right + 2).map((cell) => cell.dataset.key));
  }

  #mark() {
    const keys = this.selected();
    const marked = new Set(keys.length > 1 ? keys.map((key) => this.cells.get(key)) : []);
    for (const cell of this.marked) if (!marked.has(cell)) cell.removeAttribute("aria-selected");
    for (const cell of marked) cell.setAttribute("aria-selected", "true");
    this.marked = marked;
  }

  #focused(event) {
    const cell = this.#cellOf(event);
    if (!cell || cell === this.#current() || this.writing.isOpen) return;
    this.#move(this.#place(cell));
  }

  #pointed(event) {
    const cell = this.#cellOf(event);
    if (!cell) {
      this.#pointedAtHead(event);
      return;
    }
    if (this.writing.isIn(cell)) return;
    event.preventDefault();
    if (event.button !== 0 && cell.ariaSelected) return;
    const again = cell === this.#current() && document.activeElement === cell;
    this.commit();
    this.#move(this.#place(cell), { extend: event.shiftKey });
    if (again && this.byFinger) this.edit();
  }

  /** A head marks its row or column, the corner everything. */
  #pointedAtHead(event) {
    const head = event.target.closest("th");
    if (!head || event.button !== 0) return;
    event.preventDefault();
    this.commit();
    const isColumn = head.scope === "col";
    const isRow = head.scope === "row" || head.cellIndex === 0;
    const row = head.parentNode.sectionRowIndex;
    if (isColumn && isRow) this.#all();
    else if (isColumn) this.#move([0, head.cellIndex - 1], { anchor: [Infinity, head.cellIndex - 1] });
    else this.#move([row, 0], { anchor: [row, Infinity] });
  }

  #dragged(event) {
    const cell = this.#cellOf(event);
    if (!cell || event.buttons !== 1 || this.writing.isOpen) return;
    if (cell !== this.#current() && document.activeElement === this.#current()) {
      this.#move(this.#place(cell), { extend: true });
    }
  }

  // --- Keys ---

  #pressed(event) {
    if (event.isComposing) return;
    if (this.writing.isOpen) this.#pressedWhileWriting(event);
    else if (this.#cellOf(event) && this.#handles(event)) event.preventDefault();
  }

  #handles(event) {
    const { key, shiftKey: extend, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    const [row, column] = this.at;
    if (key in MOVES) this.#step(MOVES[key], { extend, far: command });
    else if (key === "Home") this.#move([command ? 0 : row, 0], { extend });
    else if (key === "End") this.#move([command ? Infinity : row, Infinity], { extend });
    else if (key === "PageDown") this.#step([SCREENFUL, 0], { extend });
    else if (key === "PageUp") this.#step([-SCREENFUL, 0], { extend });
    else if (key === "Enter") this.#enter(extend);
    else if (key === "Tab") return this.#tab(extend);
    else if (key === "Escape") this.on.left();
    else if (key === "F2") this.edit();
    else if (key === "Delete" || key === "Backspace") this.#emptied();
    else if (command && key.toLowerCase() === "a") this.#all();
    else if (command && key === " ") this.#move([0, column], { anchor: [Infinity, column] });
    else if (extend && key === " ") this.#move([row, 0], { anchor: [row, Infinity] });
    // With Alt a letter is a command of the browser's, but a dash is written that way on a Mac.
    else if (!command && key.length === 1 && (!altKey || key > "~")) this.edit(key);
    else return false;
    return true;
  }

  #typed(event) {
    if (event.ctrlKey || event.metaKey || event.key.length !== 1) return;
    event.preventDefault();
    this.edit(event.key);
  }

  #pressedWhileWriting(event) {
    const { key } = event;
    const command = event.ctrlKey || event.metaKey;
    if (key === "Escape") this.writing.close(false);
    else if (key === "Enter" && command) this.#filled(this.writing.field.value);
    else if (key === "Enter") this.commit(), this.#enter(event.shiftKey);
    else if (key === "Tab") {
      this.commit();
      if (!this.#tab(event.shiftKey)) return;
    } else if (key in MOVES && this.writing.isOver && !event.shiftKey && !command) {
      this.commit();
      this.#step(MOVES[key]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #step([down, right], { extend = false, far = false } = {}) {
    const [row, column] = this.at;
    this.#move(far ? this.#edge(row, column, down, right) : [row + down, column + right], { extend });
  }

  /** As in a spreadsheet: to the last cell before a gap, or over the gap to the next one with something. */
  #edge(row, column, down, right) {
    const has = (step) => {
      const cell = this.#cell(row + step * down, column + step * right);
      return cell?.dataset.key ? this.store.now(cell.dataset.key).text !== "" : null;
    };
    const isInRun = has(0) && has(1);
    let step = 1;
    while (has(step + 1) !== null && (isInRun ? has(step + 1) : !has(step))) step += 1;
    return [row + step * down, column + step * right];
  }

  /** Down; after a run of Tab to the column where it began, as in a spreadsheet. */
  #enter(back) {
    this.#move([this.at[0] + (back ? -1 : 1), this.tabbedFrom ?? this.at[1]]);
  }

  /** To the next cell, row by row. At the end it lets go, so that Tab leaves the table. */
  #tab(back) {
    const [height, width] = this.#size;
    const place = this.at[0] * width + this.at[1] + (back ? -1 : 1);
    if (place < 0 || place >= height * width) return false;
    const from = back ? null : (this.tabbedFrom ?? this.at[1]);
    this.#move([Math.floor(place / width), place % width]);
    this.tabbedFrom = from;
    return true;
  }

  #all() {
    this.#move([Infinity, Infinity], { anchor: [0, 0] });
  }

  // --- Writing, copy and paste ---

  /** Open the cell she is at; with `text` it is written over, without it is mended. */
  edit(text) {
    const cell = this.#current();
    if (!cell || this.writing.isOpen) return;
    const { locked } = this.store.saved(this.key);
    if (locked) this.on.said(`Rutan ligger i ”${locked}” och kan inte ändras här.`, true);
    else this.writing.open(cell, this.name(this.key), text ?? this.store.now(this.key).text, text !== undefined);
  }

  #emptied() {
    this.on.edited(this.selected().map((key) => [key, { text: "" }]));
  }

  #filled(text) {
    this.writing.close(false);
    this.on.edited(this.selected().map((key) => [key, { text: text.trim() }]));
  }

  #copied(event) {
    if (this.writing.isOpen) return false;
    event.preventDefault();
    const rows = this.#block().map((row) => row.map((key) => this.store.shown(key)));
    event.clipboardData.setData("text/plain", writeBlock(rows));
    return true;
  }

  /** One value fills what is marked; a block is laid out from its upper left. */
  #pasted(event) {
    const rows = readBlock(event.clipboardData.getData("text/plain"));
    const isOne = rows.length === 1 && rows[0].length === 1;
    if (this.writing.isOpen && isOne) return;
    event.preventDefault();
    if (isOne) {
      this.#filled(rows[0][0]);
      return;
    }
    this.writing.close(false);
    const start = [Math.min(this.at[0], this.anchor[0]), Math.min(this.at[1], this.anchor[1])];
    const laid = layBlock(
      rows,
      start,
      (row, column) => this.#cell(row, column)?.dataset.key,
      (key) => Boolean(this.store.saved(key).locked),
    );
    this.on.edited(laid.edits);
    this.#move(laid.last, { anchor: start });
    this.on.said(whatWasPasted(laid), laid.outside + laid.locked > 0);
  }
}

const clamp = (number, length) => Math.max(0, Math.min(number, length - 1));
const order = (one, other) => (one < other ? [one, other] : [other, one]);
