() => {
  // What does not fit: a page that scrolls sideways, and text that its own box cuts off.
  const faults = [];
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) {
    // Boxes stretch with the page: what made it so wide is text, or something that has a size of its own.
    const reach = (element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const rects = element.matches("input, textarea, select, img, svg") ? element.getClientRects() : range.getClientRects();
      return Math.max(...[...rects].map((rect) => probe.clip(rect, element).right));
    };
    const leaves = [...document.body.querySelectorAll("*")].filter((element) => !element.closest("svg *"));
    const [culprit] = leaves
      .filter((element) => element.childElementCount === 0 || element.localName === "svg")
      .sort((one, other) => reach(other) - reach(one));
    faults.push(`the page is ${page.scrollWidth - page.clientWidth} px too wide, with ${probe.name(culprit)}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !probe.seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const rect of range.getClientRects()) {
      for (let one = element; one && one !== document.body; one = one.parentElement) {
        const style = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const hides = (overflow) => overflow === "hidden" || overflow === "clip";
        if (hides(style.overflowX) && (rect.right > box.right + 1 || rect.left < box.left - 1)) {
          faults.push(`cut off sideways by ${probe.name(one)}: ${probe.name(element)}`);
        }
        if (hides(style.overflowY) && (rect.bottom > box.bottom + 4 || rect.top < box.top - 4)) {
          faults.push(`cut off by ${probe.name(one)}: ${probe.name(element)}`);
        }
      }
    }
  }
  return faults;
}
