// The tree as columns: arrow keys walk it, and the newest column is always in sight.
(() => {
  let into = "";
  const lines = (column) => [...column.querySelectorAll("a")];
  function show() {
    const box = document.querySelector("[data-columns]");
    if (!box) return;
    box.scrollLeft = box.scrollWidth;
    box.querySelectorAll(".open").forEach((one) => { const list = one.closest(".column"); list.scrollTop = one.offsetTop - list.clientHeight / 2; });
    if (!into) return;
    const column = document.getElementById(into)?.closest(".column")?.nextElementSibling;
    into = "";
    column?.querySelector("a")?.focus({ preventScroll: false });
  }
  document.addEventListener("keydown", (event) => {
    const line = event.target.closest?.("[data-columns] a");
    if (!line || event.altKey || event.ctrlKey || event.metaKey) return;
    const column = line.closest(".column"), all = lines(column), at = all.indexOf(line);
    const go = { ArrowDown: () => all[at + 1], ArrowUp: () => all[at - 1], Home: () => all[0], End: () => all[all.length - 1],
      ArrowLeft: () => column.previousElementSibling?.querySelector(".open, a") }[event.key];
    if (go) { go()?.focus(); event.preventDefault(); return; }
    if (event.key === "ArrowRight" && line.hasAttribute("hx-get")) { into = line.id; line.click(); event.preventDefault(); }
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
