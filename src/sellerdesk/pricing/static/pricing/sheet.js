// The grid's data, without any page: rows, what was typed and not saved, undo and redo, blocks of cells as text.
(() => {
  const FIELDS = ["price", "old_price", "min_price", "cost", "vat", "auto_action", "strategy"];
  // Their cells are chosen from a list, not typed.
  const CHOSEN = new Set(["vat", "auto_action", "strategy"]);
  const SPACES = /[\s\u00a0\u202f\u2009']/g;
  const SIGNS = /[₽¥$€₸]|[A-Z]{3}$/g;

  // Cells of a block as spreadsheets put it on the clipboard: tabs, line ends, quotes around what holds them.
  function parseBlock(text) {
    const rows = [[]]; let cell = "", quoted = false;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (quoted) {
        if (sign !== '"') cell += sign;
        else if (text[at + 1] === '"') { cell += '"'; at++; }
        else quoted = false;
      } else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
      else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
      else if (sign !== "\r") cell += sign;
    }
    rows.at(-1).push(cell);
    if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
    return rows;
  }
  const writeBlock = (rows) => rows.map((cells) => cells.map((cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\n");

  // What a person or a spreadsheet wrote, without money signs and spaces between thousands. The server reads the rest.
  const tidy = (text) => String(text).trim().replace(SIGNS, "").replace(SPACES, "");
  // For comparing only: 1299,9 and 1299.90 are the same amount.
  function plain(field, text) {
    if (CHOSEN.has(field)) return text;
    let value = tidy(text);
    if (value.includes(",") && value.includes(".")) value = value.lastIndexOf(".") > value.lastIndexOf(",") ? value.replaceAll(",", "") : value.replaceAll(".", "").replace(",", ".");
    else if (value.split(",").length === 2) value = value.replace(",", ".");
    if (value === "" || /^0+(\.0*)?$/.test(value)) return "";
    return /^\d+(\.\d+)?$/.test(value) ? value.replace(/^0+(?=\d)/, "").replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") : value;
  }

  class Sheet {
    constructor() { this.known = new Map(); this.order = []; this.edits = new Map(); this.judged = new Map(); this.done = []; this.undone = []; this.unjudged = new Set(); }
    add(rows) { for (const row of rows) { if (!this.edits.has(row.id) || !this.known.has(row.id)) this.known.set(row.id, row); this.order.push(row.id); } }
    row(at) { return this.known.get(this.order[at]); }
    get length() { return this.order.length; }
    text(row, field) { return this.edits.get(row.id)?.[field] ?? row.values[field]; }
    dirty(row, field) { return this.edits.get(row.id)?.[field] !== undefined; }
    problem(row, field) { return this.judged.get(row.id)?.errors?.[field]; }
    // One step of work: [[row id, field, text]…]; it can be undone as a whole.
    apply(cells) {
      const step = [];
      for (const [id, field, text] of cells) {
        const row = this.known.get(id), before = this.text(row, field), after = CHOSEN.has(field) ? text : tidy(text);
        if (before !== after) { step.push([id, field, before, after]); this.put(row, field, after); }
      }
      if (step.length) { this.done.push(step); this.undone = []; }
      return step.length;
    }
    put(row, field, text) {
      const own = { ...(this.edits.get(row.id) || {}) };
      if (plain(field, text) === plain(field, row.values[field]) || (field === "price" && text === "")) delete own[field]; else own[field] = text;
      if (Object.keys(own).length) this.edits.set(row.id, own); else this.edits.delete(row.id);
      this.judged.delete(row.id);
      if (this.edits.has(row.id)) this.unjudged.add(row.id); else this.unjudged.delete(row.id);
    }
    undo() { return this.turn(this.done, this.undone, 2); }
    redo() { return this.turn(this.undone, this.done, 3); }
    turn(from, to, side) {
      const step = from.pop();
      if (!step) return 0;
      for (const cell of step) { const row = this.known.get(cell[0]); if (row) this.put(row, cell[1], cell[side]); }
      to.push(step);
      return step.length;
    }
    // What is sent: only changed rows, with what the person saw before.
    sent(ids) { return ids.map((id) => ({ id, seen: seen(this.known.get(id)), values: this.edits.get(id) || {} })); }
    judge(one) {
      const errors = {};
      for (const error of one.errors) errors[error.field] = errors[error.field] ? `${errors[error.field]} ${error.text}` : error.text;
      this.judged.set(one.id, { errors, codes: one.errors.map((error) => error.code), held: one.held, margin: one.margin, now: one.now });
      this.unjudged.delete(one.id);
    }
    saved(one) {
      const row = this.known.get(one.id);
      if (!row) return;
      if (!one.errors.length) { this.edits.delete(one.id); this.judged.delete(one.id); this.unjudged.delete(one.id); Object.assign(row, { values: one.values, margin: one.margin, waiting: one.waiting, fresh: true }); }
      else this.judge({ ...one, margin: this.judged.get(one.id)?.margin, now: one.values });
    }
    // Somebody changed the row meanwhile: look at the new values, and keep what was typed or not.
    settle(id, mine) {
      const row = this.known.get(id), now = this.judged.get(id)?.now;
      if (now) row.values = { ...row.values, ...now };
      if (!mine) { this.edits.delete(id); this.judged.delete(id); this.unjudged.delete(id); return; }
      for (const [field, text] of Object.entries(this.edits.get(id) || {})) this.put(row, field, text);
    }
    get counts() {
      let bad = 0, held = 0;
      for (const id of this.edits.keys()) { const one = this.judged.get(id); if (one && Object.keys(one.errors).length) bad++; else if (one?.held) held++; }
      return { dirty: this.edits.size, bad, held };
    }
    nextProblem(after) {
      for (let step = 1; step <= this.length; step++) {
        const at = (after + step) % this.length, errors = this.judged.get(this.order[at])?.errors;
        if (errors && Object.keys(errors).length) return [at, Math.max(0, FIELDS.indexOf(Object.keys(errors)[0]))];
      }
      return null;
    }
  }
  const seen = (row) => Object.fromEntries(FIELDS.slice(0, 4).map((field) => [field, row.values[field]]));

  window.deskSheet = { FIELDS, CHOSEN, Sheet, parseBlock, writeBlock, tidy, plain };
})();
