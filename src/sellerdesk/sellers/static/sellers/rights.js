// The form of a role: find a right by its words, take a whole group at once. Without this script all boxes are there.
(() => {
  const form = document.querySelector("[data-rights]");
  if (!form) return;
  const tools = form.querySelector("[data-rights-tools]");
  const search = tools.querySelector("input");
  const total = tools.querySelector("[data-rights-count]");
  const groups = [...form.querySelectorAll("[data-rights-group]")].map((box) => ({
    box, all: box.querySelector("[data-rights-all]"), rows: [...box.querySelectorAll("label")].filter((row) =>
      row.querySelector("input[name=rights]")),
  }));
  const ticked = (row) => row.querySelector("input").checked;

  function count() {
    let sum = 0;
    for (const { all, rows } of groups) {
      const held = rows.filter(ticked).length;
      sum += held;
      all.checked = held === rows.length;
      all.indeterminate = held > 0 && held < rows.length;
    }
    total.textContent = `${sum} / ${groups.reduce((all, group) => all + group.rows.length, 0)}`;
  }

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { box, rows } of groups) {
      for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
      box.hidden = rows.every((row) => row.hidden);
    }
  }

  for (const { all, rows } of groups) {
    all.closest("label").hidden = false;
    all.addEventListener("change", () => {
      for (const row of rows) if (!row.hidden) row.querySelector("input").checked = all.checked;
      count();
    });
  }
  form.addEventListener("change", count);
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  tools.hidden = false;
  count();
})();
