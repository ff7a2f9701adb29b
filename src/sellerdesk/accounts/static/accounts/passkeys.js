/* Passkeys and security keys. A form with data-passkey="purpose" asks the server for a fresh challenge when it is
   sent off, lets the browser answer it, and goes on with the answer in its field "credential". */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const able = Boolean(window.PublicKeyCredential && navigator.credentials);

  function toBrowser(options) {
    const made = { ...options, challenge: bytes(options.challenge) };
    if (made.user) made.user = { ...made.user, id: bytes(made.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (made[list]) made[list] = made[list].map((one) => ({ ...one, id: bytes(one.id) }));
      else delete made[list];
    }
    return made;
  }

  function toServer(credential) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults() };
  }

  async function challenge(form) {
    const body = new FormData();
    body.set("purpose", form.dataset.passkey);
    const answer = await fetch(form.dataset.passkeyOptions, {
      method: "POST", body, headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content } });
    const made = await answer.json();
    // The proof of who is there has grown old. The page itself asks for it again.
    if (made.stale) { location.reload(); return null; }
    if (made.error) throw new Error(made.error);
    return toBrowser(made);
  }

  function say(form, words) {
    const place = form.querySelector("[data-passkey-error]");
    place.querySelector("[data-passkey-words]").textContent = words;
    place.hidden = !words;
  }

  async function start(form, button) {
    say(form, "");
    if (!form.reportValidity()) return;
    button.disabled = true;
    form.setAttribute("aria-busy", "true");
    try {
      const publicKey = await challenge(form);
      if (!publicKey) return;
      const credential = await (publicKey.user ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      form.elements.credential.value = JSON.stringify(toServer(credential));
      try { localStorage.setItem("passkey", "used"); } catch { /* Private windows may forbid it. */ }
      form.submit();
    } catch (fault) {
      const known = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known", SecurityError: "address", NotSupportedError: "unable" };
      say(form, form.dataset[`passkey${(known[fault.name] ?? "").replace(/^./, (sign) => sign.toUpperCase())}`] || fault.message);
    } finally {
      button.disabled = false;
      form.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    start(form, event.submitter ?? form.querySelector("button"));
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-passkey]")) {
      if (able) form.hidden = false;
      else say(form, form.dataset.passkeyUnable);
    }
    let used = false;
    try { used = localStorage.getItem("passkey") === "used"; } catch { /* Then passkeys come second. */ }
    // Where a passkey was used before, it comes first.
    const place = document.querySelector("[data-passkey-place]");
    if (able && used && place) {
      place.parentElement.querySelector("form:not([data-passkey])").before(place);
      place.querySelector("button").classList.replace("btn-outline-primary", "btn-primary");
    }
  });
})();
