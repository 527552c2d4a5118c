// The checks of desk/checks.py, which says which elements they look at and with what words. Each is given an
// element of the preview, and says whether it is as it should be. Pure, but for the last lines.
(() => {
  const words = (text) => text.replace(/[\u00ad\u200b]/g, "").replace(/\s+/g, " ").trim();
  // Letters and digits as they stand in an address: "Skolverket, Borås" becomes "skolverketboras".
  const folded = (text) => text.normalize("NFD").toLowerCase().replace(/[^a-z0-9]/g, "");
  const isAddress = (text) => /^(https?:\/\/|www\.)\S+$/i.test(text) || /^[\w.-]+\.[a-z]{2,}\/\S*$/i.test(text);
  const host = (url) => url.hostname.replace(/^www\./, "");

  // "Läs mer", "här", a bare address. An e-mail address is its own best text.
  const linkSaysSomething = (link, { texts }) => {
    const text = words(link.textContent);
    const said = text.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    return !text || !(texts.includes(said) || isAddress(text));
  };

  // The name of a website may be its address (skr.se), what is special in it (kolada), the one whom our sources
  // know it by (names), or what its letters stand for (Sveriges Kommuner och Regioner).
  const textNamesHost = (text, name, names) => {
    const label = folded(name.split(".").at(-2) ?? name);
    const initials = (text.match(/\p{L}+/gu) ?? []).map((word) => folded(word)[0] ?? "").join("");
    return (
      text.toLowerCase().includes(name) ||
      folded(text).includes(label) ||
      (names[name] ?? []).some((producer) => folded(text).includes(folded(producer))) ||
      (label.length > 2 && new RegExp([...label].join(".?")).test(initials))
    );
  };

  const linkNamesTarget = (link, { names }) => {
    const url = new URL(link.href, document.baseURI);
    if (!/^https?:$/.test(url.protocol) || url.host === window.location.host) return true;
    const text = words(link.textContent);
    return !text || textNamesHost(text, host(url), names);
  };

  const tableHasCaption = (table) => words(table.caption?.textContent ?? "") !== "";

  const checks = {
    "check-link-says-nothing": linkSaysSomething,
    "check-link-names-target": linkNamesTarget,
    "check-table-caption-missing": tableHasCaption,
  };
  for (const [id, check] of Object.entries(checks)) window.wagtail.userbar.registerCheck(id, check);
})();
