// The grid of prices on the page: cells, keyboard, clipboard, what the server says about each row.
(() => {
  const root = document.getElementById("price-grid");
  if (!root) return;
  const { $, $$, csrf, say, toast, iconNode } = window.desk, { FIELDS, CHOSEN, Sheet, parseBlock, writeBlock } = window.deskSheet;
  const setup = JSON.parse($("#grid-setup").textContent), words = JSON.parse($("#grid-words").textContent), first = JSON.parse($("#grid-first").textContent);
  const sheet = new Sheet(), scroller = $(".sheet-scroll", root), body = $(".sheet-body", root), info = $(".sheet-info", root), status = $(".sheet-status", root);
  const asked = new URLSearchParams(location.search), where = (more) => new URLSearchParams({ q: asked.get("q") || "", tab: asked.get("tab") || "", ...more });
  const CHECK_MS = 350, CHUNK = 500, AHEAD = 150;
  const told = (name, values = {}) => Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), words[name]);
  const number = (value) => value.toLocaleString(setup.language === "zh-hans" ? "zh-CN" : setup.language);
  const make = (tag, name, text) => { const node = document.createElement(tag); if (name) node.className = name; if (text !== undefined) node.textContent = text; return node; };
  let at = { row: 0, col: 0 }, from = { row: 0, col: 0 }, editor = null, nextCursor = "", loading = null, pool = [], height = 44, timer = 0, checking = false, saving = false, dragging = false, undoUrls = [];

  // -- the server -------------------------------------------------------------------------------------------------
  async function ask(url, sent) {
    let response;
    try {
      response = await fetch(url, sent === undefined ? { headers: { Accept: "application/json" } } : { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() }, body: JSON.stringify(sent) });
    } catch { throw new Error($("#words").dataset.network); }
    const kind = response.headers.get("Content-Type") || "";
    if (response.redirected || !kind.includes("json")) throw new Error(response.redirected ? words.expired : $("#words").dataset.failed);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error || $("#words").dataset.failed);
    return answer;
  }
  function take(answer) { sheet.add(answer.rows); nextCursor = answer.next; grow(); draw(); count(); }
  const count = () => { $(".sheet-count", root).textContent = told("rows", { n: number(sheet.length) + (nextCursor ? "+" : "") }); };
  function loadMore() {
    if (!nextCursor) return Promise.resolve(false);
    loading ||= ask(`${setup.rows}?${where({ c: nextCursor })}`)
      .then((answer) => { take(answer); return true; }, (error) => { toast("danger", error.message); return false; }).finally(() => { loading = null; });
    return loading;
  }
  async function reload() {
    const answer = await ask(`${setup.rows}?${where({})}`);
    sheet.order = []; take(answer); measure();
  }

  // -- drawing: only the rows in sight exist ---------------------------------------------------------------------------
  function measure() {
    height = parseInt(getComputedStyle(root).getPropertyValue("--row"), 10) || 44;
    grow();
    const wanted = Math.ceil(scroller.clientHeight / height) + 10;
    while (pool.length < wanted) { const node = rowNode(); pool.push(node); body.append(node.line); }
    for (const node of pool) node.shown = -1;
    draw();
  }
  function grow() {
    body.style.height = `${sheet.length * height}px`;
    scroller.setAttribute("aria-rowcount", nextCursor ? -1 : sheet.length + 1);
  }
  function rowNode() {
    const line = make("div", "sheet-row"); line.setAttribute("role", "row"); line.hidden = true;
    const head = make("div", "sheet-cell sheet-name"); head.setAttribute("role", "rowheader");
    const picture = make("img", "thumb thumb-sm"); picture.alt = ""; picture.decoding = "async";
    const link = make("a", "sheet-link"), offer = make("span", "sheet-offer"), label = make("span", "sheet-label"); label.append(link, offer); head.append(picture, label);
    const cells = FIELDS.map((field, col) => { const cell = make("div", "sheet-cell sheet-edit"); cell.setAttribute("role", "gridcell"); cell.setAttribute("aria-colindex", col + 2); cell.dataset.col = col; cell.setAttribute("aria-readonly", String(!setup.edit)); cell.dataset.label = $(`[data-field=${field}]`, root).textContent.trim(); cell.append(make("span", "sheet-text")); return cell; });
    const margin = make("div", "sheet-cell sheet-margin num"), state = make("div", "sheet-cell sheet-state");
    margin.setAttribute("role", "gridcell"); state.setAttribute("role", "gridcell"); margin.dataset.label = $("[data-field=margin]", root).textContent.trim();
    line.append(head, ...cells, margin, state);
    return { line, picture, link, offer, cells, margin, state, shown: -1 };
  }
  const set = (node, name, value) => { if (node[name] !== value) node[name] = value; };
  function draw() {
    const start = Math.max(0, Math.floor(scroller.scrollTop / height) - 4), end = Math.min(sheet.length, start + pool.length);
    for (const node of pool) if (node.shown < start || node.shown >= end) { node.line.hidden = true; node.shown = -1; }
    for (let index = start; index < end; index++) {
      const node = pool[index % pool.length];
      if (node.shown !== index) { node.shown = index; node.line.hidden = false; node.line.style.transform = `translateY(${index * height}px)`; fill(node, index); }
    }
    if (end > sheet.length - AHEAD) loadMore();
    mark();
  }
  function fill(node, index) {
    const row = sheet.row(index), judged = sheet.judged.get(row.id), margin = judged?.margin || row.margin;
    node.line.dataset.row = index; node.line.setAttribute("aria-rowindex", index + 2);
    set(node.link, "textContent", row.name); set(node.link, "href", row.url); set(node.offer, "textContent", row.offer);
    if (row.thumb) { if (node.picture.getAttribute("src") !== row.thumb) node.picture.src = row.thumb; node.picture.hidden = false; } else node.picture.hidden = true;
    FIELDS.forEach((field, col) => {
      const cell = node.cells[col], text = sheet.text(row, field), problem = sheet.problem(row, field);
      cell.id = `cell-${index}-${col}`;
      set(cell.firstChild, "textContent", CHOSEN.has(field) ? setup.choices[field][text] || text : shown(text));
      cell.classList.toggle("is-dirty", sheet.dirty(row, field)); cell.classList.toggle("is-bad", !!problem);
      if (problem) cell.setAttribute("aria-invalid", "true"); else cell.removeAttribute("aria-invalid");
      set(cell, "title", problem || "");
    });
    set(node.margin, "textContent", margin ? margin.percent || "–" : ""); node.margin.classList.toggle("is-loss", !!margin?.loss);
    const errors = judged ? Object.values(judged.errors) : [];
    set(node.state, "textContent", errors.length ? errors[0] : judged?.held ? words.bigstep : sheet.edits.has(row.id) ? words.changed : row.waiting ? told("waiting", { amount: row.waiting }) : "");
    set(node.state, "title", errors.join(" ")); set(node.state, "className", `sheet-cell sheet-state${errors.length ? " is-bad" : judged?.held || (row.waiting && !sheet.edits.has(row.id)) ? " is-held" : ""}`);
    node.line.classList.toggle("is-fresh", !!row.fresh);
  }
  function shown(text) {
    const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
    if (!match) return text;
    return match[1].replace(/\B(?=(\d{3})+$)/g, "\u202f") + (match[2] !== undefined ? `${setup.language === "ru" ? "," : "."}${match[2]}` : "");
  }
  function redraw(ids) {
    for (const node of pool) if (node.shown >= 0 && (!ids || ids.has(sheet.row(node.shown)?.id))) fill(node, node.shown);
    mark(); tell();
  }
  const block = () => ({ top: Math.min(at.row, from.row), bottom: Math.max(at.row, from.row), left: Math.min(at.col, from.col), right: Math.max(at.col, from.col) });
  function mark() {
    const { top, bottom, left, right } = block();
    for (const node of pool) {
      if (node.shown < 0) continue;
      const inside = node.shown >= top && node.shown <= bottom;
      node.cells.forEach((cell, col) => {
        const chosen = inside && col >= left && col <= right;
        if (cell.classList.contains("is-in") !== chosen) { cell.classList.toggle("is-in", chosen); cell.setAttribute("aria-selected", String(chosen)); }
        const active = node.shown === at.row && col === at.col;
        if (cell.classList.contains("is-at") !== active) cell.classList.toggle("is-at", active);
      });
    }
    scroller.setAttribute("aria-activedescendant", `cell-${at.row}-${at.col}`);
  }

  // -- words about the row and the whole -------------------------------------------------------------------------------
  function tell() {
    const { dirty, bad, held } = sheet.counts, parts = [];
    if (saving) parts.push(words.saving); else if (checking) parts.push(words.checking);
    parts.push(dirty ? told("dirty", { n: number(dirty) }) : words.clean);
    if (bad) parts.push(told("bad", { n: number(bad) }));
    if (held) parts.push(told("held", { n: number(held) }));
    status.textContent = parts.join(" · "); status.classList.toggle("is-bad", bad > 0);
    $("[data-act=save]", root).disabled = !dirty || saving; $("[data-act=problem]", root).hidden = !bad; $("[data-act=undo]", root).disabled = !sheet.done.length; $("[data-act=redo]", root).disabled = !sheet.undone.length; $("[data-act=revert]", root).disabled = !dirty;
    count(); about();
  }
  function about() {
    const row = sheet.row(at.row);
    info.replaceChildren();
    if (!row) { info.append(make("p", "sheet-none", words.none)); return; }
    const judged = sheet.judged.get(row.id), margin = judged?.margin || row.margin, title = make("p", "sheet-about");
    title.append(make("strong", "", row.name), make("span", "sheet-offer", row.offer));
    const past = make("a", "", words.history); past.href = row.history; past.dataset.drawer = ""; title.append(past); info.append(title);
    if (judged) for (const text of Object.values(judged.errors)) info.append(make("p", "sheet-problem", text));
    if (judged?.codes?.includes("price_moved") && setup.edit) {
      const choice = make("p", "sheet-choice");
      for (const [name, mine] of [["theirs", false], ["mine", true]]) { const button = make("button", "btn btn-sm", words[name]); button.type = "button"; button.addEventListener("click", () => { sheet.settle(row.id, mine); redraw(); later(); scroller.focus(); }); choice.append(button); }
      info.append(choice);
    }
    if (!margin) return;
    const list = make("dl", "sheet-parts"), lines = [...margin.parts, ...(margin.left ? [["left", `${margin.left} (${margin.percent})`]] : [["cost", words.unknown]])];
    for (const [name, value, percent] of lines) if (value) { const pair = make("div", name === "left" ? `is-sum${margin.loss ? " is-loss" : ""}` : ""); pair.append(make("dt", "", told(name, { percent: percent || "" })), make("dd", "num", value)); list.append(pair); }
    info.append(list);
  }

  // -- moving and choosing --------------------------------------------------------------------------------------------------
  function go(row, col, extend = false) {
    if (!sheet.length) return;
    at = { row: Math.max(0, Math.min(sheet.length - 1, row)), col: Math.max(0, Math.min(FIELDS.length - 1, col)) };
    if (!extend) from = { ...at };
    const top = at.row * height, view = scroller.clientHeight - headHeight();
    if (top < scroller.scrollTop) scroller.scrollTop = top; else if (top + height > scroller.scrollTop + view) scroller.scrollTop = top + height - view;
    draw(); about();
  }
  const headHeight = () => $(".sheet-head", root).offsetHeight;
  const chosen = () => { const { top, bottom, left, right } = block(), found = []; for (let row = top; row <= bottom; row++) for (let col = left; col <= right; col++) found.push([row, col]); return found; };
  function change(cells) {
    if (!setup.edit || !cells.length) return 0;
    const count = sheet.apply(cells);
    if (count) { redraw(); later(); }
    return count;
  }
  function later() { clearTimeout(timer); timer = setTimeout(check, CHECK_MS); tell(); }
  async function check() {
    if (checking) return;
    checking = true; tell();
    try {
      while (sheet.unjudged.size) {
        const ids = [...sheet.unjudged].filter((id) => sheet.known.has(id)).slice(0, setup.most), versions = new Map(ids.map((id) => [id, JSON.stringify(sheet.edits.get(id))]));
        if (!ids.length) break;
        const answer = await ask(setup.check, { rows: sheet.sent(ids) });
        // What was typed again while the server was thinking is asked again.
        for (const one of answer.rows) if (JSON.stringify(sheet.edits.get(one.id)) === versions.get(one.id)) sheet.judge(one);
        for (const id of ids) if (!answer.rows.some((one) => one.id === id)) sheet.unjudged.delete(id);
        redraw(new Set(ids));
      }
    } catch (error) { toast("danger", error.message); } finally { checking = false; tell(); }
  }

  // -- editing a cell -----------------------------------------------------------------------------------------------------
  function edit(text) {
    const node = pool.find((one) => one.shown === at.row);
    if (!setup.edit || !node) return;
    const row = sheet.row(at.row), field = FIELDS[at.col], cell = node.cells[at.col];
    close(false);
    const box = make(CHOSEN.has(field) ? "select" : "input", "sheet-input");
    if (CHOSEN.has(field)) for (const [value, label] of Object.entries(setup.choices[field])) box.append(new Option(label, value));
    else { box.type = "text"; box.inputMode = "decimal"; box.autocomplete = "off"; box.maxLength = 210; }
    box.setAttribute("aria-label", `${cell.dataset.label}, ${row.name}`);
    if (sheet.problem(row, field)) box.setAttribute("aria-invalid", "true");
    box.value = CHOSEN.has(field) || text === undefined ? sheet.text(row, field) : text;
    editor = { box, cell, row: at.row, col: at.col, id: row.id, field };
    cell.append(box); cell.classList.add("is-editing"); box.focus();
    if (text === undefined && box.select) box.select();
    box.addEventListener("keydown", typing); box.addEventListener("blur", () => close(true));
    if (CHOSEN.has(field)) box.addEventListener("change", () => { close(true); scroller.focus(); });
  }
  function close(keep) {
    if (!editor) return;
    const { box, cell, id, field, row, col } = editor, value = box.value;
    editor = null; cell.classList.remove("is-editing"); box.remove();
    if (!keep) return;
    if (!CHOSEN.has(field) && value.trim().startsWith("=")) { const many = chosen().filter(([, one]) => one === col); calculate({ field, formula: value, rounding: "cents" }, many.length > 1 ? many.map(([one]) => one) : [row]); return; }
    change([[id, field, value]]);
  }
  function typing(event) {
    event.stopPropagation();
    const step = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key];
    if (event.key === "Escape") { close(false); scroller.focus(); event.preventDefault(); }
    else if (step) { event.preventDefault(); const { row, col } = editor; close(true); scroller.focus(); go(row + step[0], col + step[1]); }
  }

  // -- a whole column by a percentage or a formula ------------------------------------------------------------------------
  async function calculate(rule, rows) {
    const ids = [...new Set(rows.map((row) => sheet.order[row]))], cells = []; let failed = 0, reason = "";
    try {
      for (let start = 0; start < ids.length; start += setup.most) {
        const answer = await ask(setup.calculate, { percent: "", formula: "", ...rule, rows: sheet.sent(ids.slice(start, start + setup.most)) });
        for (const one of answer.rows) if (one.error) { failed++; reason ||= one.error; } else cells.push([one.id, rule.field, one.text]);
      }
    } catch (error) { toast("danger", error.message); return false; }
    change(cells);
    if (failed) toast("warning", `${told("uncalculated", { n: number(failed) })}. ${reason}`); else say(told("calculated", { n: number(cells.length) }));
    return true;
  }

  // -- clipboard ----------------------------------------------------------------------------------------------------------------
  const own = () => !editor && (document.activeElement === scroller);
  document.addEventListener("copy", (event) => {
    if (!own()) return;
    const { top, bottom, left, right } = block(), rows = [];
    for (let row = top; row <= bottom; row++) rows.push(FIELDS.slice(left, right + 1).map((field) => { const text = sheet.text(sheet.row(row), field); return CHOSEN.has(field) ? setup.choices[field][text] || text : setup.language === "ru" ? text.replace(".", ",") : text; }));
    event.clipboardData.setData("text/plain", writeBlock(rows)); event.preventDefault();
  });
  document.addEventListener("paste", (event) => { if (own()) { event.preventDefault(); paste(event.clipboardData.getData("text/plain")); } });
  async function paste(text) {
    if (!setup.edit || !text) return;
    const rows = parseBlock(text), { top, left, bottom, right } = block(), cells = []; let outside = 0;
    if (rows.length === 1 && rows[0].length === 1) { change(chosen().map(([row, col]) => [sheet.order[row], FIELDS[col], valueOf(FIELDS[col], rows[0][0])])); return; }
    // A block fills a larger selection as often as it fits, as spreadsheets do.
    const deep = Math.max(rows.length, (bottom - top + 1) % rows.length === 0 ? bottom - top + 1 : 0), wide = Math.max(rows[0].length, (right - left + 1) % rows[0].length === 0 ? right - left + 1 : 0);
    while (top + deep > sheet.length && await loadMore());
    for (let row = 0; row < deep; row++) {
      const source = rows[row % rows.length];
      for (let col = 0; col < Math.max(wide, source.length); col++) {
        const value = source[col % source.length], id = sheet.order[top + row], field = FIELDS[left + col];
        if (id === undefined || !field) { outside++; continue; }
        cells.push([id, field, valueOf(field, value)]);
      }
    }
    at = { row: Math.min(sheet.length - 1, top + deep - 1), col: Math.min(FIELDS.length - 1, left + wide - 1) }; from = { row: top, col: left };
    change(cells); mark();
    say(told("pasted", { n: number(cells.length) }));
    if (outside) toast("warning", told("outside", { n: number(outside) }));
  }
  const valueOf = (field, text) => (!CHOSEN.has(field) ? text : Object.entries(setup.choices[field]).find(([value, label]) => value === text.trim() || label.replace(/\s/g, "").toLowerCase() === text.trim().replace(/\s/g, "").toLowerCase())?.[0] ?? text.trim());

  // -- keyboard ---------------------------------------------------------------------------------------------------------------------
  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  scroller.addEventListener("keydown", (event) => {
    if (event.target !== scroller) return;
    const command = event.ctrlKey || event.metaKey, page = Math.max(1, Math.floor(scroller.clientHeight / height) - 2), arrow = ARROWS[event.key];
    const letter = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (arrow) go(command && arrow[0] ? (arrow[0] < 0 ? 0 : sheet.length - 1) : at.row + arrow[0], command && arrow[1] ? (arrow[1] < 0 ? 0 : FIELDS.length - 1) : at.col + arrow[1], event.shiftKey);
    else if (event.key === "Home") go(command ? 0 : at.row, 0, event.shiftKey);
    else if (event.key === "End") go(command ? sheet.length - 1 : at.row, FIELDS.length - 1, event.shiftKey);
    else if (event.key === "PageDown") go(at.row + page, at.col, event.shiftKey);
    else if (event.key === "PageUp") go(at.row - page, at.col, event.shiftKey);
    else if (event.key === "Enter" || event.key === "F2") edit();
    else if (event.key === "Escape") { from = { ...at }; mark(); }
    else if (event.key === "Delete" || event.key === "Backspace") change(chosen().map(([row, col]) => [sheet.order[row], FIELDS[col], CHOSEN.has(FIELDS[col]) ? sheet.row(row).values[FIELDS[col]] : ""]));
    else if (command && letter === "z") event.shiftKey ? act.redo() : act.undo();
    else if (command && letter === "y") act.redo();
    else if (command && letter === "d") act.fill();
    else if (command && letter === "s") act.save();
    else if (command && letter === "a") { from = { row: 0, col: 0 }; at = { row: sheet.length - 1, col: FIELDS.length - 1 }; mark(); }
    else if (letter && !command && !event.altKey) edit(CHOSEN.has(FIELDS[at.col]) ? undefined : event.key);
    else return;
    event.preventDefault(); event.stopPropagation();
  });

  // -- mouse and finger -----------------------------------------------------------------------------------------------------------
  const place = (event) => { const cell = event.target.closest?.(".sheet-edit"); return cell ? [Number(cell.parentNode.dataset.row), Number(cell.dataset.col)] : null; };
  body.addEventListener("pointerdown", (event) => {
    const found = place(event);
    if (!found || event.target.closest(".sheet-input") || event.button) return;
    if (event.pointerType === "touch") return;
    event.preventDefault(); scroller.focus({ preventScroll: true }); close(true); go(...found, event.shiftKey); dragging = true;
  });
  body.addEventListener("pointerover", (event) => { const found = dragging && place(event); if (found) { at = { row: found[0], col: found[1] }; mark(); } });
  document.addEventListener("pointerup", () => { dragging = false; });
  body.addEventListener("click", (event) => {
    const found = place(event);
    if (!found || event.target.closest(".sheet-input") || event.pointerType !== "touch") return;
    go(...found); edit();
  });
  body.addEventListener("dblclick", (event) => { const found = place(event); if (found && !editor) { go(...found); edit(); } });

  // -- buttons --------------------------------------------------------------------------------------------------------------------------
  const act = {
    undo() { if (sheet.undo()) { redraw(); later(); } },
    redo() { if (sheet.redo()) { redraw(); later(); } },
    fill() {
      const { top, bottom, left, right } = block(), cells = [];
      for (let col = left; col <= right; col++) for (let row = top + 1; row <= bottom; row++) cells.push([sheet.order[row], FIELDS[col], sheet.text(sheet.row(top), FIELDS[col])]);
      change(cells);
    },
    revert() { change([...sheet.edits].flatMap(([id, own]) => Object.keys(own).map((field) => [id, field, sheet.known.get(id).values[field]]))); },
    problem() { const found = sheet.nextProblem(at.row); if (found) { go(...found); scroller.focus(); } },
    async save() {
      if (saving || !sheet.edits.size) return;
      close(true); saving = true; undoUrls = []; tell();
      let saved = 0, kept = 0, held = 0; const ids = [...sheet.edits.keys()];
      try {
        const size = setup.bulk ? CHUNK : 1;
        for (let start = 0; start < ids.length; start += size) {
          const answer = await ask(setup.save, { rows: sheet.sent(ids.slice(start, start + size)) });
          if (answer.undo) undoUrls.push(answer.undo);
          for (const one of answer.rows) { sheet.saved(one); if (one.errors.length) kept++; else if (one.held) held++; else saved++; }
          redraw();
        }
      } catch (error) { toast("danger", error.message); }
      sheet.done = []; sheet.undone = []; saving = false; redraw();
      notice([saved && told("saved", { n: number(saved) }), held && told("waits", { n: number(held) }), kept && told("kept", { n: number(kept) })].filter(Boolean).join(" · "), kept > 0);
      if (kept) act.problem();
    },
  };
  function notice(text, bad) {
    const box = $(".sheet-notice", root);
    box.replaceChildren(); box.hidden = !text; box.className = `sheet-notice alert tone-${bad ? "warning" : "success"}`;
    if (!text) return;
    box.append(iconNode(bad ? "alert-triangle" : "circle-check"), make("span", "", text));
    if (undoUrls.length) { const button = make("button", "btn btn-sm", words.undo); button.type = "button"; button.addEventListener("click", takeBack); box.append(button); }
    const shut = make("button", "btn-close"); shut.type = "button"; shut.setAttribute("aria-label", $("#toast-template").content.querySelector(".btn-close").getAttribute("aria-label")); shut.addEventListener("click", () => { box.hidden = true; }); box.append(shut);
  }
  async function takeBack() {
    const urls = undoUrls; undoUrls = [];
    try { for (const url of urls.reverse()) await ask(url, {}); await reload(); notice(words.undone, false); } catch (error) { toast("danger", error.message); }
    tell();
  }
  root.addEventListener("click", (event) => { const button = event.target.closest("[data-act]"); if (button && act[button.dataset.act]) { act[button.dataset.act](); if (button.dataset.act !== "save") scroller.focus(); } });
  const form = $(".sheet-sum", root);
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form), text = given.get("amount").trim(), kind = given.get("kind"), rows = given.get("scope") === "all" ? [...Array(sheet.length).keys()] : [...new Set(chosen().map(([row]) => row))];
    const rule = { field: given.get("field"), rounding: given.get("rounding"), percent: kind === "percent" ? text : "", formula: kind === "formula" ? text || "=" : kind === "round" ? given.get("field") : "" };
    if (await calculate(rule, rows)) { form.closest("details").open = false; scroller.focus(); }
  });
  form?.addEventListener("change", () => { $("[data-amount]", form).hidden = new FormData(form).get("kind") === "round"; });

  // -- start --------------------------------------------------------------------------------------------------------------------------------
  let frame = 0;
  scroller.addEventListener("scroll", () => { if (editor) close(true); frame ||= requestAnimationFrame(() => { frame = 0; draw(); }); }, { passive: true });
  new ResizeObserver(() => measure()).observe(scroller);
  addEventListener("beforeunload", (event) => { if (sheet.edits.size) event.preventDefault(); });
  root.hidden = false; take(first); measure(); tell();
})();
