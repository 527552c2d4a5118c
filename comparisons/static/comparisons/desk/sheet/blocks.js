// A block of cells as a spreadsheet puts it on the clipboard: lines of cells with tabs between.

/** Read it. A cell with a tab, a line break or a quotation mark in it stands in quotation marks. */
export function readBlock(text) {
  const rows = [[""]];
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const row = rows.at(-1);
    if (quoted) {
      if (sign !== '"') row[row.length - 1] += sign;
      else if (text[place + 1] === '"') row[row.length - 1] += text[(place += 1)];
      else quoted = false;
    } else if (sign === '"' && row.at(-1) === "" && closes(text, place)) quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n" || (sign === "\r" && text[place + 1] !== "\n")) rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

/** Whether a quotation mark at `place` has a partner with the end of the cell behind it. */
function closes(text, place) {
  return /^"(?:[^"]|"")*"(?:[\t\r\n]|$)/.test(text.slice(place));
}

/** Write it, as a spreadsheet reads it. */
export function writeBlock(rows) {
  const quote = (cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

/**
 * Lay a block out from `[top, left]`: what is written into which cell. Empty cells in it change nothing.
 * `cellAt(row, column)` is the key of a cell, or nothing; `isLocked(key)` whether it may be written in.
 * Gives the edits, how many values fell outside or on locked cells, and the last cell that was reached.
 */
export function layBlock(rows, [top, left], cellAt, isLocked) {
  const laid = { edits: [], outside: 0, locked: 0, last: [top, left] };
  for (const [down, row] of rows.entries()) {
    for (const [right, written] of row.entries()) {
      const text = written.trim();
      const key = cellAt(top + down, left + right);
      if (key) laid.last = [top + down, Math.max(laid.last[1], left + right)];
      if (text === "") continue;
      if (!key) laid.outside += 1;
      else if (isLocked(key)) laid.locked += 1;
      else laid.edits.push([key, { text }]);
    }
  }
  return laid;
}

/** What `layBlock` did, in words. */
export function whatWasPasted({ edits, outside, locked }) {
  const said = [edits.length === 1 ? "1 ruta inklistrad." : `${edits.length} rutor inklistrade.`];
  if (outside === 1) said.push("Ett värde fick inte plats.");
  if (outside > 1) said.push(`${outside} värden fick inte plats.`);
  if (outside) said.push("Ångra, lägg till de perioder eller kolumner som saknas, och klistra in igen.");
  if (locked === 1) said.push("En ruta väntar i en annan publicering och är inte ändrad.");
  if (locked > 1) said.push(`${locked} rutor väntar i en annan publicering och är inte ändrade.`);
  return said.join(" ");
}
