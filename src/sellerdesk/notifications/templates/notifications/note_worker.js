// Shows notes of the shop while no page of it is open. It keeps nothing and touches no request.
self.addEventListener("push", (event) => {
  let note = {};
  try { note = event.data.json(); } catch (unreadable) { note = { title: "{{ name|escapejs }}" }; }
  event.waitUntil(self.registration.showNotification(note.title || "{{ name|escapejs }}", {
    body: note.body || "", tag: note.tag || "note", renotify: true, lang: note.lang || "", icon: "{{ icon }}", data: { url: note.url || "{{ home }}" },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data.url, self.location.origin);
  // Only pages of ours are opened, whatever a message says.
  if (to.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const same = open.find((one) => one.url === to.href);
    if (same) return same.focus();
    return self.clients.openWindow(to.href);
  })());
});
