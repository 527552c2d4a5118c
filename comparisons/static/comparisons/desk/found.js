// In the content checks' side panel: says which words on the page a finding is about, where Wagtail has a
// selector of CSS that tells an editor nothing.
(() => {
  const MOST = 60;
  const panel = document.querySelector("[data-checks-panel]");

  // The preview has a mark after each element that is found fault with, in the panel's order for each fault.
  const elementsOf = (preview, fault) =>
    [...preview.querySelectorAll("wagtail-inline-userbar")]
      .filter((mark) => mark.dataset.errorName === fault)
      .map((mark) => preview.querySelector(mark.dataset.selector));

  const quoted = (element) => {
    const text = element?.textContent.replace(/\s+/g, " ").trim() ?? "";
    return text.length > MOST ? `”${text.slice(0, MOST).trim()} …”` : text && `”${text}”`;
  };

  new MutationObserver(() => {
    const preview = document.getElementById("w-preview-iframe")?.contentDocument;
    const seen = {};
    for (const row of panel.querySelectorAll("[data-content-checker-row]")) {
      const fault = row.querySelector("[data-content-checker-name]").textContent;
      const place = (seen[fault] = (seen[fault] ?? -1) + 1);
      const element = preview && elementsOf(preview, fault)[place];
      row.querySelector("[data-content-checker-selector-text]").textContent = quoted(element) || "Visa på sidan";
    }
  }).observe(panel, { childList: true });
})();
