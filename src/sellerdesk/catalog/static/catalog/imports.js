// Correcting failed rows: a suggested value goes into its cell, and only cells that were changed are sent.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = button.form.elements[button.dataset.fill];
  field.value = button.textContent.trim();
  field.classList.remove("is-invalid");
  field.focus();
});
document.addEventListener("input", (event) => {
  if (event.target.closest("[data-repair]")) event.target.classList.remove("is-invalid");
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-repair]")) return;
  const fields = [...event.target.querySelectorAll("input[name*=':']")];
  const rows = new Set(fields.filter((field) => field.value !== field.defaultValue).map((field) => field.name.split(":")[0]));
  if (!rows.size) return;
  for (const field of fields) field.disabled = !rows.has(field.name.split(":")[0]);
});
