// Units as chips that are dragged between parcels. The grid of numbers below stays the truth: chips are made from it,
// and a drag only writes numbers into it, so whoever types instead of dragging does the very same.
(() => {
  "use strict";
  const table = document.querySelector("[data-parcels]");
  const board = document.querySelector("[data-parcels-board]");
  if (!table || !board || !window.Sortable) return;
  // More chips than this are no help to anybody; the numbers are.
  const MOST_CHIPS = 60;
  const rows = [...table.querySelectorAll("tbody tr")];
  const inputs = (row) => [...row.querySelectorAll("input[type=number]")];
  const value = (input) => Math.max(0, Number.parseInt(input.value, 10) || 0);

  function draw() {
    const total = rows.reduce((sum, row) => sum + inputs(row).reduce((part, input) => part + value(input), 0), 0);
    board.hidden = total > MOST_CHIPS;
    board.replaceChildren();
    if (board.hidden) return;
    inputs(rows[0]).forEach((_, parcel) => board.append(column(parcel)));
  }

  function column(parcel) {
    const box = document.createElement("section");
    box.className = "board-parcel";
    const title = document.createElement("span");
    title.className = "board-title";
    const name = document.createElement("span");
    name.textContent = `${board.dataset.parcel} ${parcel + 1}`;
    const count = document.createElement("span");
    count.className = "num";
    title.append(name, count);
    const list = document.createElement("ul");
    list.className = "board-units";
    list.dataset.parcel = String(parcel);
    list.setAttribute("aria-label", name.textContent);
    rows.forEach((row, at) => {
      for (let unit = 0; unit < value(inputs(row)[parcel]); unit += 1) {
        const chip = document.createElement("li");
        chip.className = "board-unit";
        chip.textContent = row.dataset.name;
        chip.dataset.row = String(at);
        list.append(chip);
      }
    });
    count.textContent = String(list.children.length);
    box.append(title, list);
    window.Sortable.create(list, { group: "parcels", animation: 150, ghostClass: "sortable-ghost", onAdd: moved });
    return box;
  }

  function moved(event) {
    const cells = inputs(rows[Number(event.item.dataset.row)]);
    const from = cells[Number(event.from.dataset.parcel)];
    const to = cells[Number(event.to.dataset.parcel)];
    from.value = String(Math.max(0, value(from) - 1));
    to.value = String(value(to) + 1);
    draw();
  }

  table.addEventListener("input", draw);
  draw();
})();
