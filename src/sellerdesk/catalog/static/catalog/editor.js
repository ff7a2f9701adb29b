// The editor: drafts kept while typing, a guard on leaving, jumps, density, and a description with a small toolbar.
(() => {
  const { $, $$, say } = window.desk;
  const form = $("[data-editor]");
  if (!form) return;
  const said = $("[data-said]", form), changes = $("[data-changes]", form);
  const reviewed = new Set(form.dataset.reviewed.split(" "));
  const WAIT_MS = 1200;

  // -- drafts -----------------------------------------------------------------------------------------------------
  const snapshot = () => { const data = new FormData(form); data.delete("new_images"); data.delete("new_documents"); return data; };
  const text = (data) => JSON.stringify([...data].filter(([name]) => name !== "csrfmiddlewaretoken"));
  let first = null, kept = "", timer = 0, leaving = false;
  // The saved card is read once the searchable lists have settled; what somebody typed by then is no part of it.
  const start = snapshot(), early = new Set();
  form.addEventListener("input", (event) => { if (!first && event.target.name) early.add(event.target.name); }, true);
  setTimeout(() => {
    first = snapshot();
    for (const name of early) { first.delete(name); start.getAll(name).forEach((value) => first.append(name, value)); }
    kept = text(first);
    if (early.size) typed();
  }, 300);
  async function keep() {
    clearTimeout(timer); timer = 0;
    const data = snapshot(), now = text(data);
    if (!first || now === kept) return;
    try {
      const answer = await fetch(form.dataset.editor, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      kept = now;
      said.textContent = form.dataset.kept.replace("{time}", (await answer.json()).saved);
    } catch { said.textContent = form.dataset.unkept; timer = setTimeout(keep, 5000); }
  }
  function typed() { clearTimeout(timer); timer = setTimeout(keep, WAIT_MS); tell(); }
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("sorted", typed);
  new MutationObserver(typed).observe($("#pictures"), { childList: true });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  addEventListener("pagehide", () => { if (!leaving && timer) navigator.sendBeacon(form.dataset.editor, snapshot()); });
  addEventListener("beforeunload", (event) => {
    if (leaving || !first || text(snapshot()) === kept) return;
    keep();
    event.preventDefault(); event.returnValue = form.dataset.guard;
  });

  // -- what differs from the saved card -----------------------------------------------------------------------------
  function label(name) {
    if (name === "images") return $("#pictures").getAttribute("aria-label");
    return ($(`label[for="id_${name}"]`) || $(`label[for="id_${name}-ts-control"]`))?.firstChild.textContent.trim() || "";
  }
  function tell() {
    if (!first) return;
    const now = snapshot(), names = new Set([...first.keys(), ...now.keys()]);
    const differ = [...names].filter((name) => String(first.getAll(name)) !== String(now.getAll(name)) && label(name));
    const say = (text, some) => (some.length ? text.replace("{fields}", [...new Set(some.map(label))].join(", ")) : "");
    const again = differ.filter((name) => reviewed.has(name.startsWith("attribute_") ? "attributes" : /^name_/.test(name) ? "names" : name));
    changes.textContent = [say(form.dataset.changed, differ), say(form.dataset.again, again)].filter(Boolean).join(" · ");
  }

  // -- jumps --------------------------------------------------------------------------------------------------------
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-jump]");
    if (!link) return;
    const field = document.getElementById(link.dataset.jump);
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    const shown = field.tomselect ? field.tomselect.control_input : field.hidden ? field.nextElementSibling?.querySelector(".rich-text") || field : field;
    (field.closest(".field") || field).scrollIntoView({ block: "center" });
    shown.focus({ preventScroll: true });
  });
  const links = new Map($$(".editor-jump a", form).map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => entries.forEach((entry) => links.get(entry.target.id)?.classList.toggle("now", entry.isIntersecting)), { rootMargin: "-30% 0px -60% 0px" });
  links.forEach((_link, id) => { const section = document.getElementById(id); if (section) watcher.observe(section); });

  // -- attributes in rows: the page carries one empty row, so that all this works without a script too ---------------
  $$("[data-rows]", form).forEach((group) => {
    const more = $("[data-row-more]", group), rows = () => $$("[data-row]", group);
    const settle = () => {
      rows().forEach((row) => { $("[data-row-gone]", row).hidden = false; });
      more.hidden = rows().length >= Number(group.dataset.most);
    };
    const blank = (row) => { $$("input", row).forEach((field) => { field.value = ""; }); return row; };
    group.addEventListener("click", (event) => {
      const gone = event.target.closest("[data-row-gone]");
      if (gone) {
        const row = gone.closest("[data-row]"), near = row.previousElementSibling?.matches("[data-row]") ? row.previousElementSibling : row.nextElementSibling;
        if (rows().length > 1) { row.remove(); $("input", near?.matches("[data-row]") ? near : group)?.focus(); } else $("input", blank(row)).focus();
      } else if (event.target.closest("[data-row-more]")) {
        const last = rows().at(-1), made = blank(last.cloneNode(true));
        last.after(made); $("input", made).focus();
      } else return;
      settle(); typed();
    });
    settle();
  });

  // -- brands that need papers ----------------------------------------------------------------------------------------
  const papers = $("[data-brands]", form), brand = papers && document.getElementById(papers.dataset.brandField);
  brand?.addEventListener("change", () => {
    $("p", papers).hidden = !papers.dataset.brands.split(" ").includes(brand.value);
  });

  // -- density ------------------------------------------------------------------------------------------------------
  const LENGTH = { mm: 0.1, cm: 1, in: 2.54 }, WEIGHT = { g: 1, kg: 1000, lb: 453.59237 };
  const density = $("[data-density]", form);
  function weigh() {
    const number = (name) => Number(form.elements[name].value.replace(/[\s\u00a0]/g, "").replace(",", "."));
    const unit = LENGTH[form.elements.size_unit.value] || 0.1;
    const volume = ["depth_mm", "width_mm", "height_mm"].reduce((all, name) => all * number(name) * unit, 1);
    const weight = number("weight_g") * (WEIGHT[form.elements.weight_unit.value] || 1);
    const value = weight / volume, known = volume > 0 && weight > 0;
    const good = value >= 0.001 && value <= 13.55;
    density.classList.toggle("bad", known && !good);
    density.textContent = known ? (good ? density.dataset.good : density.dataset.bad).replace("{density}", Number(value.toPrecision(3))) : "";
  }
  form.addEventListener("input", weigh);
  form.addEventListener("change", weigh);
  weigh();

  // -- the description: a toolbar over plain text; what is stored is made harmless by the server ---------------------
  $$("[data-rich-for]", form).forEach((box) => {
    const area = document.getElementById(box.dataset.richFor);
    const bar = document.createElement("div"), page = document.createElement("div");
    bar.className = "rich-bar"; bar.setAttribute("role", "toolbar"); bar.setAttribute("aria-label", box.dataset.toolbar);
    page.className = "rich-text"; page.contentEditable = "true"; page.setAttribute("role", "textbox"); page.setAttribute("aria-multiline", "true");
    page.setAttribute("aria-label", area.labels[0]?.firstChild.textContent.trim() || "");
    page.append(...box.childNodes);
    const ACTS = [["bold", box.dataset.bold, "B"], ["italic", box.dataset.italic, "I"], ["formatBlock", box.dataset.heading, "H"],
      ["insertUnorderedList", box.dataset.list, "•"], ["insertOrderedList", box.dataset.numbered, "1."]];
    ACTS.forEach(([act, name, sign], at) => {
      const button = document.createElement("button");
      button.type = "button"; button.textContent = sign; button.title = name; button.setAttribute("aria-label", name); button.tabIndex = at ? -1 : 0;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => { page.focus(); run(act); });
      bar.append(button);
    });
    function run(act) {
      const heading = act === "formatBlock" && document.queryCommandValue("formatBlock").toLowerCase() === "h3";
      document.execCommand(act, false, act === "formatBlock" ? (heading ? "p" : "h3") : undefined);
      sync();
    }
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const all = [...bar.children], next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
      all.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
      next.focus(); event.preventDefault();
    });
    function sync() {
      const html = page.innerHTML.trim();
      area.value = page.textContent.trim() ? (/<(b|strong|i|em|u|ul|ol|h3|h4|blockquote)\b/i.test(html) ? html : page.innerText.trim()) : "";
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    page.addEventListener("input", sync);
    page.addEventListener("paste", (event) => { event.preventDefault(); document.execCommand("insertText", false, event.clipboardData.getData("text/plain")); });
    area.labels[0]?.addEventListener("click", () => page.focus());
    box.append(bar, page); area.hidden = true; box.hidden = false; area.after(box);
    document.execCommand("defaultParagraphSeparator", false, "p");
  });
})();
