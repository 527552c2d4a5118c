// Text pasted into the rich text editor, as a page may hold it, before Draftail reads it. Word, LibreOffice,
// Outlook and web pages say in markup of their own what is a list, a heading, struck out or a comment: that is
// read here, while it is there to be read. The rest is tidied on the server, see comparisons/pasted.py.
(() => {
  // Draftail's editor may be loaded again with a dialog.
  if (window.pastedText) return;

  //: What is not part of the text: struck out, commented, a footnote and its mark, a picture, page furniture.
  const NOT_TEXT = [
    "head, style, script, title, xml, meta, link, template, noscript, svg, img, picture, video, iframe, object, button",
    "del, s, strike, .msoDel, .MsoCommentReference, .MsoFootnoteReference, .MsoEndnoteReference",
    '[style*="mso-element:comment"], [style*="mso-element:footnote"], [style*="mso-element:endnote"]',
    '[style*="mso-element:header"], [style*="mso-element:footer"], [style*="display:none"], [hidden], [aria-hidden="true"]',
    'a[href^="#_ftn"], a[href^="#_edn"], a[href^="#_msocom"], a.sdfootnoteanc, a.sdendnoteanc, [id^="sdfootnote"], [id^="sdendnote"]',
  ].join();
  const HEADINGS = "h1, h2, h3, h4, h5, h6";
  //: Word's title is a paragraph above its first heading.
  const TITLES = "p.MsoTitle, p.MsoSubtitle";

  const styleOf = (element) => (element.getAttribute("style") ?? "").replace(/\s*([:;,])\s*/g, "$1");
  const unwrap = (element) => element.replaceWith(...element.childNodes);
  const renamed = (element, name) => {
    const made = element.ownerDocument.createElement(name);
    made.append(...element.childNodes);
    element.replaceWith(made);
    return made;
  };

  const dropWhatIsNotText = (body) => {
    // Word writes its styles with and without spaces.
    for (const styled of body.querySelectorAll("[style]")) styled.setAttribute("style", styleOf(styled));
    for (const element of body.querySelectorAll(NOT_TEXT)) element.remove();
    for (const element of body.querySelectorAll("*")) {
      if (/^[vw]:/i.test(element.tagName)) element.remove();
    }
    const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    for (const comment of comments) comment.remove();
  };

  // Word: <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o  </span>Text
  const makeLists = (body) => {
    let open = [];
    let previous = null;
    for (const paragraph of [...body.querySelectorAll(`:is(p, ${HEADINGS})[style*="mso-list:"]`)]) {
      const mark = paragraph.querySelector('[style*="mso-list:Ignore"]');
      const level = Number(/mso-list:\S+ level(\d)/.exec(styleOf(paragraph))?.[1] ?? 0);
      const isNumber = /^[\s(]*(\d+|[a-z]{1,3}|[ivxlc]+)[.)]/i.test(mark?.textContent ?? "");
      mark?.remove();
      // A heading only loses the number that Word gave it.
      if (!level || paragraph.localName !== "p") continue;
      const name = isNumber ? "ol" : "ul";
      const follows = previous && paragraph.previousElementSibling === previous;
      if (!follows) open = [];
      open.length = Math.min(open.length, level);
      if (open.length === level && open[level - 1].localName !== name) open.length -= 1;
      while (open.length < level) {
        const list = body.ownerDocument.createElement(open.length === level - 1 ? name : "ul");
        const inside = open.at(-1)?.lastElementChild;
        if (inside) inside.append(list);
        else paragraph.before(list);
        open.push(list);
        if (open.length < level) list.append(body.ownerDocument.createElement("li"));
      }
      const item = body.ownerDocument.createElement("li");
      item.append(...paragraph.childNodes);
      open[level - 1].append(item);
      paragraph.remove();
      previous = open[0];
    }
  };

  // The highest heading that was pasted becomes the highest that the text offers, and so on down.
  const fitHeadings = (body, offered) => {
    for (const title of body.querySelectorAll(TITLES)) renamed(title, "h1");
    const found = [...body.querySelectorAll(HEADINGS)];
    const levels = [...new Set(found.map((heading) => heading.localName))].sort();
    for (const heading of found) {
      for (const inner of heading.querySelectorAll("*")) inner.removeAttribute("style");
      for (const bold of heading.querySelectorAll("b, strong")) unwrap(bold);
      const level = offered[Math.min(levels.indexOf(heading.localName), offered.length - 1)];
      renamed(heading, level ?? "p");
    }
  };

  // A row becomes a paragraph, for figures belong in a table of indicators. A cell alone is a page's layout.
  const unfoldTables = (body) => {
    for (const row of [...body.querySelectorAll("tr")].reverse()) {
      const cells = [...row.cells].filter((cell) => cell.textContent.trim());
      if (cells.length === 1) {
        row.replaceWith(...cells[0].childNodes);
      } else {
        const paragraph = body.ownerDocument.createElement("p");
        paragraph.textContent = cells.map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).join("; ");
        row.replaceWith(paragraph);
      }
    }
    for (const part of [...body.querySelectorAll("table, thead, tbody, tfoot, caption, colgroup")].reverse()) {
      if (part.localName === "colgroup") part.remove();
      else if (part.localName === "caption") renamed(part, "p");
      else unwrap(part);
    }
  };

  // Outlook sends every link by way of its own guard.
  const straighten = (href) => {
    try {
      const url = new URL(href);
      const target = url.hostname.endsWith(".safelinks.protection.outlook.com") && url.searchParams.get("url");
      return target || href;
    } catch {
      return href;
    }
  };

  const cleanLinks = (body) => {
    for (const link of body.querySelectorAll("a")) {
      const href = straighten(link.getAttribute("href") ?? "");
      if (/^(https?:|mailto:)/i.test(href)) link.setAttribute("href", href);
      else unwrap(link);
    }
  };

  const cleanText = (body) => {
    const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/[ \t\r\n\f]+/g, " ");
    // Google's documents stand in a <b> that is not bold.
    for (const bold of body.querySelectorAll('b[style*="font-weight:normal"], b[style*="font-weight:400"]')) unwrap(bold);
    for (const element of body.querySelectorAll("*")) {
      const bold = /font-weight:(bold|[6-9]00)/.test(styleOf(element));
      for (const { name } of [...element.attributes]) if (name !== "href") element.removeAttribute(name);
      if (bold) element.setAttribute("style", "font-weight:bold");
    }
  };

  // The pasted HTML as a page may hold it. ``offered`` are the headings that the text has buttons for.
  const clean = (html, offered) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    dropWhatIsNotText(body);
    makeLists(body);
    unfoldTables(body);
    fitHeadings(body, offered);
    cleanLinks(body);
    cleanText(body);
    // Draftail takes the entity for a common space, and would break 1 000 over a line.
    return body.innerHTML.trim().replaceAll("&nbsp;", "\u00a0");
  };

  const HEADING_TYPES = { "header-two": "h2", "header-three": "h3", "header-four": "h4" };

  const headingsOf = (editor) => {
    const field = editor.parentNode.querySelector(":scope > input");
    const types = field?.draftailEditor?.props.blockTypes ?? [];
    return types.map(({ type }) => HEADING_TYPES[type]).filter(Boolean).sort();
  };

  // Draftail asks no plugin before it reads what is pasted, so it is given other HTML to read.
  document.addEventListener(
    "paste",
    (event) => {
      const editor = event.target.closest?.("[data-draftail-editor-wrapper]");
      const html = event.clipboardData?.getData("text/html");
      // What is copied within Draftail is as a page may hold it already, and carries more than HTML can say.
      if (!editor || !event.isTrusted || !html || html.includes("data-draftjs-conductor-fragment")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", event.clipboardData.getData("text/plain"));
      clipboardData.setData("text/html", clean(html, headingsOf(editor)));
      event.target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    { capture: true },
  );

  window.pastedText = { clean };
})();
