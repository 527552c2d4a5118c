// The cells of the table: read as the server made them, and drawn as the store has them.

/** Every cell of a table that has something in it, by key, for the store. */
export function readCells(table) {
  return [...table.querySelectorAll("td[data-token]")].map((cell) => {
    const { key, token, was = null, preliminary, n = "", source = "", overruled = "" } = cell.dataset;
    const { locked = "", lockedUrl = "" } = cell.dataset;
    const text = cell.textContent;
    return [key, { text, token, was, preliminary: Boolean(preliminary), n, source, overruled, locked, lockedUrl }];
  });
}

/** Draw what the store says of a cell. What is wrong with it is said to a screen reader too. */
export function drawCell(cell, key, store) {
  const isChanged = store.isChanged(key);
  const verdict = isChanged ? store.verdict(key) : null;
  const { was, preliminary, locked, overruled } = store.now(key);
  const text = store.shown(key);
  if (cell.textContent !== text) cell.textContent = text;
  cell.classList.toggle("is-changed", isChanged);
  cell.classList.toggle("is-drafted", was !== null);
  cell.classList.toggle("is-preliminary", Boolean(preliminary));
  cell.classList.toggle("is-wrong", Boolean(verdict?.error));
  cell.classList.toggle("is-doubtful", Boolean(verdict?.warning) && !overruled);
  flag(cell, "aria-readonly", locked && "true");
  flag(cell, "aria-invalid", verdict?.error && "true");
  flag(cell, "aria-description", verdict?.error || verdict?.warning);
}

function flag(cell, name, value) {
  if (value) cell.setAttribute(name, value);
  else cell.removeAttribute(name);
}
