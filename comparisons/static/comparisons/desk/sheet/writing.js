// Writing in a cell: a text field that lies over it until it is closed.

export class Writing {
  /** `on.written(key, text)` is told what to keep, `on.closed(key)` that the field is gone. */
  constructor(on) {
    this.on = on;
    this.field = null;
  }

  get isOpen() {
    return this.field !== null;
  }

  /** Whether the arrow keys go on to the next cell: she writes over what stood there. */
  get isOver() {
    return this.field?.dataset.over === "1";
  }

  isIn(cell) {
    return cell.contains(this.field);
  }

  /** Open it over a cell, called `label`, with `text` in it; `isOver` for the first sign of a new text. */
  open(cell, label, text, isOver) {
    const field = document.createElement("input");
    Object.assign(field, { type: "text", autocomplete: "off", value: text });
    field.setAttribute("aria-label", label);
    if (isOver) field.dataset.over = "1";
    cell.append(field);
    cell.tabIndex = -1; // the field is in its place
    this.field = field;
    field.addEventListener("blur", () => this.close(true));
    // Once she has placed the cursor, the arrow keys belong to the text.
    field.addEventListener("mousedown", () => delete field.dataset.over);
    field.focus();
    if (!isOver) field.select();
  }

  /** Close it, and keep what she wrote or not. */
  close(keep) {
    const field = this.field;
    if (!field) return;
    this.field = null;
    const cell = field.closest("td");
    const hadFocus = document.activeElement === field;
    field.remove();
    cell.tabIndex = 0;
    if (keep) this.on.written(cell.dataset.key, field.value);
    this.on.closed(cell.dataset.key);
    if (hadFocus) cell.focus();
  }
}
