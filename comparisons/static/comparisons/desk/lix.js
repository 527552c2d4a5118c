// How hard a text is to read: LIX, shown in the content checks' side panel for what the editor has written.
// LIX (Björnsson 1968) is words per sentence plus the percentage of words with more than six letters.
(() => {
  //: Under this many words, one long sentence moves LIX by several steps.
  const FEWEST_WORDS = 100;
  //: Words that a Swedish reader takes in a minute; the same number as Wagtail's.
  const WORDS_A_MINUTE = 218;
  const STEPS = [
    [30, "Mycket lätt, som en barnbok."],
    [40, "Lätt, som en roman eller en veckotidning."],
    [50, "Lagom svår, som en dagstidning."],
    [60, "Svår, som ett beslut från en myndighet. Dela långa meningar och byt långa ord mot korta."],
    [Infinity, "Mycket svår. Dela långa meningar och byt långa ord mot korta."],
  ];
  const ABBREVIATION =
    /(?<![\p{L}.])(?:\p{L}\.\s?)+\p{L}\.|(?<!\p{L})(?:bl\.a|m\.fl|t\.ex|t\.o\.m|fr\.o\.m|kl|ca|jfr|nr|st|dvs|osv|resp|kap|inkl|exkl)\./giu;

  const wordsIn = (text) => text.match(/[\p{L}\p{N}]+(?:[-'’.,:\u00a0](?=[\p{L}\p{N}])[\p{L}\p{N}]+)*/gu) ?? [];

  // A sentence ends with its mark, or where its paragraph does. The full stop of an abbreviation ends none.
  const sentencesIn = (text) =>
    text
      .replace(ABBREVIATION, (found) => found.replaceAll(".", ""))
      .split(/[.!?…]+["”»)]*\s+(?=["”»(–-]*\s?[\p{Lu}\p{N}])|[.!?…]+["”»)]*$/u)
      .filter((sentence) => wordsIn(sentence).length > 0).length;

  // The numbers of a text in paragraphs; lix is null where there is too little to count on.
  const measure = (paragraphs) => {
    const texts = paragraphs.map((text) => text.replaceAll("\u00ad", ""));
    const words = texts.flatMap(wordsIn);
    const long = words.filter((word) => word.replace(/[^\p{L}]/gu, "").length > 6).length;
    const sentences = texts.reduce((sum, text) => sum + sentencesIn(text), 0);
    const enough = words.length >= FEWEST_WORDS;
    const lix = enough ? Math.round(words.length / sentences + (100 * long) / words.length) : null;
    return { words: words.length, sentences, long, lix };
  };

  const meaning = (lix) => STEPS.find(([below]) => lix < below)[1];

  // Paragraphs and items that somebody has written; what the page makes of figures is not hers to mend.
  const writtenIn = (html) => {
    const main = new DOMParser().parseFromString(html, "text/html");
    return [...main.querySelectorAll("p[data-block-key], li[data-block-key], .conclusion")].map((one) => {
      for (const inner of one.querySelectorAll("ul, ol")) inner.remove();
      return one.textContent;
    });
  };

  const show = (name, text) => {
    for (const place of document.querySelectorAll(`[data-text-${name}]`)) place.textContent = text;
  };

  document.addEventListener("w-preview:content", ({ detail }) => {
    const { words, lix } = measure(writtenIn(detail.content.innerHTML));
    const minutes = Math.round(words / WORDS_A_MINUTE);
    show("words", words);
    show("time", minutes < 1 ? "under 1 min" : `${minutes} min`);
    show("lix", lix ?? "–");
    show("meaning", lix === null ? `För lite text att räkna på. LIX räknas från ${FEWEST_WORDS} ord.` : meaning(lix));
  });

  window.lix = { measure, meaning };
})();
