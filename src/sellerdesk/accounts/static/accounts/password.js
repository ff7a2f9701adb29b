/* Shows what was typed into a password field, and hides it again before it is sent. */
(() => {
  "use strict";
  const field = (button) => button.parentElement.querySelector("input");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-password-toggle]");
    if (!button) return;
    const shown = field(button).type === "password";
    field(button).type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    field(button).focus();
  });
  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll("[data-password-toggle]")) {
      field(button).type = "password";
      button.setAttribute("aria-pressed", "false");
    }
  }, true);
})();
