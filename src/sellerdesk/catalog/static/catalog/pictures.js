// The editor's pictures: removing a tile, and making the file field ready for the next ones.
(() => {
  const { say } = window.desk;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-picture]");
    if (!button) return;
    const tile = button.closest(".picture-tile"), near = tile.nextElementSibling || tile.previousElementSibling;
    tile.remove();
    (near ? near.querySelector("[data-remove-picture]") : document.getElementById("new_images")).focus();
    say(button.getAttribute("aria-label"));
  });
  document.addEventListener("htmx:after:request", (event) => {
    const source = event.detail.ctx.sourceElement;
    // What was sent is stored already; it must not travel again with the form.
    if (source.id !== "new_images") return;
    source.value = "";
    source.closest(".dropzone").querySelector(".dropzone-files").replaceChildren();
  });
})();
