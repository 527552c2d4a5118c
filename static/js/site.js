// Menu, copy link, the roles of tables, and table regions that take focus only where they scroll. Everything works without this file.
const button = document.querySelector(".menu-button");
const menu = document.getElementById("meny");
if (button && menu) {
  const toggle = (open) => {
    button.setAttribute("aria-expanded", open);
    menu.classList.toggle("open", open);
  };
  button.addEventListener("click", () => toggle(button.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.classList.contains("open")) {
      toggle(false);
      button.focus();
    }
  });
}

for (const copy of document.querySelectorAll("[data-copy]")) {
  copy.hidden = !navigator.clipboard; // the address stands as text beside it
  copy.addEventListener("click", async () => {
    const said = copy.closest("section").querySelector("[data-copied]");
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(copy.dataset.copy);
      said.textContent = "Länken är kopierad.";
    } catch {
      said.textContent = "Det gick inte att kopiera. Markera adressen och kopiera den själv.";
    }
  });
}

const regions = document.querySelectorAll(".scroll");
const watch = new ResizeObserver(() => {
  for (const region of regions) {
    const scrolls = region.scrollWidth > region.clientWidth;
    if (scrolls) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
    for (const [name, value] of [["role", "region"], ["aria-labelledby", region.querySelector("caption").id]]) {
      if (scrolls) region.setAttribute(name, value);
      else region.removeAttribute(name);
    }
    region.parentElement.classList.toggle("scrolls", scrolls);
  }
});
for (const region of regions) {
  watch.observe(region);
  if (region.firstElementChild) watch.observe(region.firstElementChild);
}

// Older Safari forgets that a table laid out as a grid is one; in the markup these roles are an error.
const roles = { table: "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
for (const [elements, role] of Object.entries(roles)) {
  for (const element of document.querySelectorAll(elements)) element.setAttribute("role", role);
}
