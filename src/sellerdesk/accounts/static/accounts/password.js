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
  // Half of all wrong passwords are right ones in capitals.
  for (const kind of ["keydown", "keyup"]) {
    document.addEventListener(kind, (event) => {
      const group = event.target.closest?.(".password-group");
      const hint = group?.parentElement.querySelector("[data-caps]");
      if (hint && event.getModifierState) hint.hidden = !event.getModifierState("CapsLock");
    });
  }
  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll("[data-password-toggle]")) {
      field(button).type = "password";
      button.setAttribute("aria-pressed", "false");
    }
  }, true);
})();
