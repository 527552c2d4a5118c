// In the page editor: a table's rows, with a button that adds a row for each of many chosen indicators.
class IndicatorRowsDefinition extends window.wagtailStreamField.blocks.ListBlockDefinition {
  render(placeholder, prefix, initialState, initialError) {
    const rows = super.render(placeholder, prefix, initialState, initialError);
    const chooser = this.childBlockDef.childBlockDefs.find((block) => block.name === "indicator").widget;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary w-mt-3 w-mb-8";
    button.textContent = "Välj flera nyckeltal";
    button.addEventListener("click", () => {
      chooser.openModal(
        (chosen) => {
          for (const indicator of chosen) {
            rows.insert({ ...this.initialChildState, indicator }, rows.children.length, {});
          }
        },
        { multiple: true },
      );
    });
    rows.container[0].append(button);
    return rows;
  }
}
window.telepath.register("comparisons.IndicatorRows", IndicatorRowsDefinition);
