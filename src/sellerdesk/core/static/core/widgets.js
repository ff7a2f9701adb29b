// Searchable selects, sortable groups with move buttons, dropzones.
(() => {
  const { $, $$, words, say, iconNode } = window.desk;

  function select(element) {
    if (element.tomselect) return;
    const url = element.dataset.selectUrl;
    const settings = {
      plugins: element.multiple ? ["remove_button"] : ["dropdown_input"],
      maxOptions: 300, allowEmptyOption: !element.multiple, placeholder: element.dataset.placeholder || "",
      render: { no_results: () => { const box = document.createElement("div"); box.className = "no-results"; box.textContent = words().nothing; return box; } },
    };
    if (url) {
      settings.valueField = "value"; settings.labelField = "text"; settings.searchField = ["text"];
      settings.preload = "focus"; settings.shouldLoad = () => true;
      settings.load = (query, done) => {
        const address = new URL(url, location.href); address.searchParams.set("q", query);
        fetch(address, { headers: { Accept: "application/json" } }).then((answer) => answer.json())
          .then((found) => done(Array.isArray(found) ? found : found.results)).catch(() => done());
      };
    }
    // The label goes over to the visible control; the hidden select keeps a name of its own.
    const name = element.labels?.[0]?.textContent.trim() || element.getAttribute("aria-label") || "";
    element.setAttribute("aria-label", name);
    const made = new TomSelect(element, settings);
    const described = element.getAttribute("aria-describedby");
    if (described) made.control_input.setAttribute("aria-describedby", described);
    made.control_input.setAttribute("aria-label", name);
  }

  function sortable(group) {
    // Items may have come since: each new one gets its move buttons.
    group._sortable ??= Sortable.create(group, { animation: 150, filter: "button,a,input", preventOnFilter: false, onEnd: () => send(group) });
    $$(":scope > [data-id]", group).forEach((item) => moves(group, item));
  }
  function moves(group, item) {
    if ($(":scope > .sort-moves", item)) return;
    const bar = document.createElement("div");
    bar.className = "sort-moves";
    for (const [by, icon, label] of [[-1, "chevron-left", words().up], [1, "chevron-right", words().down]]) {
      const button = document.createElement("button");
      button.type = "button"; button.className = "btn btn-icon btn-sm"; button.setAttribute("aria-label", label); button.append(iconNode(icon));
      button.addEventListener("click", () => {
        const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
        if (!other) return;
        by < 0 ? other.before(item) : other.after(item);
        button.focus();
        say(words().moved.replace("{n}", [...group.children].indexOf(item) + 1));
        send(group);
      });
      bar.append(button);
    }
    item.append(bar);
  }
  function send(group) {
    const order = $$(":scope > [data-id]", group).map((item) => item.dataset.id).join(",");
    group.dispatchEvent(new CustomEvent("sorted", { bubbles: true, detail: { order } }));
    if (group.dataset.sortable) htmx.ajax("POST", group.dataset.sortable, { source: group, target: group, swap: "none", values: { order } });
  }

  function dropzone(zone) {
    if (zone._ready) return;
    zone._ready = true;
    const input = $("input[type=file]", zone), shown = $(".dropzone-files", zone);
    const show = () => {
      shown.replaceChildren(...[...input.files].slice(0, 12).map((file) => {
        if ("preview" in zone.dataset && file.type.startsWith("image/")) {
          const picture = document.createElement("img");
          picture.src = URL.createObjectURL(file); picture.alt = file.name;
          return picture;
        }
        const name = document.createElement("span");
        name.className = "badge tone-primary"; name.textContent = file.name;
        return name;
      }));
    };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = new DataTransfer();
      [...event.dataTransfer.files].slice(0, input.multiple ? 100 : 1).forEach((file) => files.items.add(file));
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function dress(root) {
    $$("select[data-select]", root).forEach(select);
    $$("[data-sortable]", root).forEach(sortable);
    $$("[data-dropzone]", root).forEach(dropzone);
  }
  document.addEventListener("DOMContentLoaded", () => dress(document));
  document.addEventListener("htmx:after:swap", () => dress(document));
})();
