// What the probes share. Put into a page once; everything hangs on window.probe.
window.probe = {
  // An element as a person would find it again.
  name(element) {
    const mark = element.id ? `#${element.id}` : element.className?.baseVal ?? element.className ?? "";
    const text = (element.innerText || element.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ");
    return `<${element.localName}${mark ? ` ${mark}` : ""}> ${text.slice(0, 60)}`.trim();
  },
  // Whether it takes part in what is seen: laid out, not see-through, not for screen readers only.
  seen(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) {
      return false;
    }
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.clipPath !== "none" || (style.position === "absolute" && one.getBoundingClientRect().bottom < 0)) {
        return false;
      }
    }
    return true;
  },
  // Everything that Tab is to stop at, in the order of the document.
  stops() {
    const chosen = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
    return [...document.querySelectorAll(chosen)].filter(
      (element) => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
    );
  },
  // A box cut to what its ancestors let through.
  clip(rect, element) {
    let { left, top, right, bottom } = rect;
    for (let one = element.parentElement; one; one = one.parentElement) {
      if (one === document.body || one === document.documentElement) continue;
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      if (style.overflowX !== "visible") [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (style.overflowY !== "visible") [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, top, right, bottom };
  },
};
