() => {
  // Targets that are smaller than 44 px, or that something else lies on. The window is to be as high as the page.
  const SIZE = 44;
  // A link in running text: its line has words of its own beside it (WCAG 2.5.8 and 2.5.5, inline).
  const inText = (element) => {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, td, th, figcaption, blockquote");
    if (!block) return false;
    const words = block.cloneNode(true);
    for (const link of words.querySelectorAll("a, button, [aria-hidden=true]")) link.remove();
    return /\p{L}{2,}/u.test(words.textContent);
  };
  const faults = [];
  for (const element of probe.stops()) {
    const region = element.hasAttribute("tabindex") && !element.matches("a, button, input, select, textarea, summary");
    if (region || !probe.seen(element) || inText(element)) continue;
    let target = element;
    if (element.matches("input[type=radio], input[type=checkbox]") && element.labels.length) target = element.labels[0];
    const rects = [...target.getClientRects()];
    const union = target.getBoundingClientRect();
    const rect = rects.length > 1 ? union : rects[0];
    const [width, height] = [Math.round(rect.width * 10) / 10, Math.round(rect.height * 10) / 10];
    if (width < SIZE - 0.5 || height < SIZE - 0.5) {
      faults.push(`a target of ${width} × ${height} px: ${probe.name(element)}`);
      continue;
    }
    // A cross around the middle is to answer (a pixel less on each side: boxes are drawn on whole pixels); over several lines the middle of the first.
    const first = rects[0];
    const shown = probe.clip(first, target);
    const x = (Math.max(shown.left, first.left) + Math.min(shown.right, first.right)) / 2;
    const y = (first.top + first.bottom) / 2;
    if (shown.right - shown.left < SIZE) continue; // scrolled out of its region
    const reach = rects.length > 1 ? Math.min(21, first.height / 2 - 1) : 21;
    for (const [across, down] of [[0, 0], [-21, 0], [21, 0], [0, -reach], [0, reach]]) {
      if (rects.length > 1 && Math.abs(across) > first.width / 2) continue;
      const hit = document.elementFromPoint(x + across, y + down);
      if (hit && hit !== element && !element.contains(hit) && hit !== target && !target.contains(hit)) {
        faults.push(`a target of less than 44 px, under ${probe.name(hit)}: ${probe.name(element)}`);
        break;
      }
    }
  }
  return faults;
}
