() => {
  // The element that has focus: what is wrong with how it is seen, and what to compare with the next one.
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const faults = [];
  const labels = [...(element.labels ?? [])].map((label) => label.innerText).join(" ");
  const labelled = (element.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .join(" ");
  const images = [...element.querySelectorAll("img")].map((image) => image.alt).join(" ");
  const name = [element.getAttribute("aria-label") ?? "", labelled, labels, images]
    .concat(element.matches("a, button, summary") ? [element.innerText] : [])
    .join(" ")
    .trim();
  if (!name) faults.push("a stop without a name");
  const style = getComputedStyle(element);
  const ring = parseFloat(style.outlineWidth);
  if (style.outlineStyle === "none" || ring < 3) faults.push("a stop whose focus does not show");
  const rects = [...element.getClientRects()].filter((rect) => rect.width && rect.height);
  const rect = element.getBoundingClientRect();
  const { left, top, right, bottom } = probe.clip(rect, element);
  const shown = {
    left: Math.max(left, 0),
    top: Math.max(top, 0),
    right: Math.min(right, document.documentElement.clientWidth),
    bottom: Math.min(bottom, innerHeight),
  };
  const high = Math.min(rect.height, innerHeight);
  if (shown.right - shown.left < Math.min(rect.width, 20) - 1 || shown.bottom - shown.top < Math.min(high, 20) - 1) {
    faults.push("a stop that is not in view");
  } else {
    const points = [...rects, rect].flatMap(({ left, right, top, bottom }) => {
      const x = (Math.max(left, shown.left) + Math.min(right, shown.right)) / 2;
      const y = (Math.max(top, shown.top) + Math.min(bottom, shown.bottom)) / 2;
      return [[x, y]];
    });
    const mine = ([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (element.contains(hit) || [...(element.labels ?? [])].some((label) => label.contains(hit)));
    };
    if (!points.some(mine)) faults.push(`a stop that something covers`);
    // The ring itself: not cut off by a box that hides what sticks out.
    const out = Math.max(0, ring + parseFloat(style.outlineOffset));
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
      const around = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      if (around.overflowX !== "visible" && rect.left >= box.left && rect.left - out < box.left - 1) {
        faults.push("a stop whose ring is cut off on the left");
      }
      if (around.overflowY !== "visible" && rect.top >= box.top && rect.top - out < box.top - 1) {
        faults.push("a stop whose ring is cut off at the top");
      }
    }
    if (rect.left - out < -1) faults.push("a stop whose ring leaves the screen");
  }
  const place = probe.stops().indexOf(element);
  return {
    name: probe.name(element),
    place,
    top: rect.top + scrollY,
    bottom: rect.bottom + scrollY,
    left: rect.left,
    right: rect.right,
    faults,
  };
}
