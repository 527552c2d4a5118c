// In an indicator's form: the example of its sentences follows what is written, shortly after the last key.
document.addEventListener("DOMContentLoaded", () => {
  const example = document.querySelector("[data-example]");
  const form = example?.closest("form");
  if (!form) return;
  const shown = example.querySelector("[data-example-shown]");
  const late = example.querySelector("[data-example-late]");
  const fields = example.dataset.fields.split(" ");
  let waiting, asked, last;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const written = new FormData(form);
    const sent = new FormData();
    for (const name of fields) sent.set(name, written.get(name) ?? "");
    try {
      const answer = await fetch(example.dataset.url, {
        method: "POST",
        body: sent,
        headers: { "X-CSRFToken": written.get("csrfmiddlewaretoken"), "X-Requested-With": "XMLHttpRequest" },
        signal: asked.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const html = await answer.text();
      late.hidden = true;
      // Unchanged it is not put in again: a screen reader would read it out.
      if (html !== last) shown.innerHTML = last = html;
    } catch (error) {
      if (error.name !== "AbortError") late.hidden = false;
    }
  };

  form.addEventListener("input", ({ target }) => {
    if (!fields.includes(target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });
});
