// The questions to the server. An answer that is none is an error with a Swedish sentence.

const LOST = "Servern svarar inte. Det du har skrivit finns kvar här, men är inte sparat. Försök igen om en stund.";
const LOGGED_OUT =
  "Du är utloggad. Det du har skrivit finns kvar här, men är inte sparat. Logga in i en ny flik, gå tillbaka hit och spara.";

/** No answer. `isLoggedOut` when it helps to log in again. */
class NoAnswer extends Error {
  constructor(sentence, isLoggedOut = false) {
    super(sentence);
    this.isLoggedOut = isLoggedOut;
  }
}

export class Server {
  constructor({ check, save, token }) {
    this.urls = { check, save };
    this.token = token;
  }

  /** Verdicts by key. */
  async check(cells, release) {
    return (await this.#ask("check", { cells, release })).body.cells;
  }

  /** `{ok, body}`: the draft, or what stands in the way. */
  save(sent) {
    return this.#ask("save", sent);
  }

  /** This screen as it is now at another address: a document. */
  async screen(url) {
    const response = await this.#fetch(url);
    if (response.redirected) throw new NoAnswer(LOGGED_OUT, true);
    if (!response.ok) throw new NoAnswer(LOST);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  async #ask(what, sent) {
    let response = await this.#post(what, sent);
    if (response.status === 403) {
      // Who has logged in again meanwhile has another token.
      this.token = (await this.screen(location.href)).querySelector("[name=csrfmiddlewaretoken]").value;
      response = await this.#post(what, sent);
    }
    if (response.redirected || response.status === 403) throw new NoAnswer(LOGGED_OUT, true);
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson || ![200, 409].includes(response.status)) throw new NoAnswer(LOST);
    return { ok: response.ok, body: await response.json() };
  }

  #post(what, sent) {
    return this.#fetch(this.urls[what], {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify(sent),
    });
  }

  async #fetch(...asked) {
    try {
      return await fetch(...asked);
    } catch {
      throw new NoAnswer(LOST);
    }
  }
}
