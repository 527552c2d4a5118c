() => {
  // Texts that lie on each other. Only where lines are at least as high as their letters, as with text spacing.
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("svg") || !probe.seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const rect of range.getClientRects()) {
      const size = parseFloat(getComputedStyle(element).fontSize);
      const { left, right } = probe.clip(rect, element);
      // The letters without the air that the font has above and below them.
      const middle = (rect.top + rect.bottom) / 2;
      if (right - left > 2) boxes.push({ left, right, top: middle - size / 2, bottom: middle + size / 2, element });
    }
  }
  const faults = new Set();
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, place) => {
    for (const other of boxes.slice(place + 1)) {
      if (other.top > one.bottom - 3) break;
      if (one.element === other.element) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 3 && down > 3) faults.add(`lies on other text: ${probe.name(one.element)} / ${probe.name(other.element)}`);
    }
  });
  return [...faults].slice(0, 3); // enough to find the place by
}
