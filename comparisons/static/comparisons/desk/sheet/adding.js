// A new period or column: the server lays the sheet out anew, and what she wrote stays.

/** Listen to the form that adds. `on` is told: added(document, url), failed(error). */
export function listenToAdding(form, server, on) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      // Several periods may be written at once.
      for (const part of name === "period" ? value.split(/[,;]/) : [value]) {
        if (part.trim() && !asked.has(name, part.trim())) asked.append(name, part.trim());
      }
    }
    const url = new URL(location.pathname, location.href);
    url.search = asked;
    try {
      on.added(await server.screen(url), url);
    } catch (error) {
      on.failed(error);
    }
  });
}
