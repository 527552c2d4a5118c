// Sentences that more than one part of the sheet says.

/** A number with the form of the word that goes with it. */
export function count(number, one, many) {
  return `${number.toLocaleString("sv-SE")} ${number === 1 ? one : many}`;
}

/** Of problems as the store has them: how many are to be mended, and how many want a reason. */
export function toDo(problems) {
  const wrong = problems.filter((problem) => problem.error).length;
  const doubtful = problems.filter((problem) => problem.warning && !problem.error && !problem.overruled).length;
  const parts = [];
  if (wrong) parts.push(`${count(wrong, "ruta behöver", "rutor behöver")} rättas`);
  if (doubtful) parts.push(`${count(doubtful, "siffra ser", "siffror ser")} ut som ett misstag`);
  return parts.join(", ");
}

/** What stands in a cell, in a sentence. */
export function inWords(text) {
  return text === "" ? "tom ruta" : text;
}
