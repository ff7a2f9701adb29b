// Where scan mode keeps its work list, the open posting and what is not sent yet: in the browser, one store for each
// person and shop, so that nobody finds another's work on a shared phone.
(() => {
  "use strict";
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  window.scanStore = async (owner) => {
    const opening = indexedDB.open(`scan-mode-${owner}`, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("kept");
      opening.result.createObjectStore("queue", { keyPath: "id", autoIncrement: true });
    };
    const database = await done(opening);
    const store = (name, mode) => database.transaction(name, mode).objectStore(name);
    return {
      get: (key) => done(store("kept", "readonly").get(key)),
      set: (key, value) => done(store("kept", "readwrite").put(value, key)),
      // In the order they were made: the numbers only grow.
      acts: () => done(store("queue", "readonly").getAll()),
      add: (act) => done(store("queue", "readwrite").add(act)),
      put: (act) => done(store("queue", "readwrite").put(act)),
      remove: (id) => done(store("queue", "readwrite").delete(id)),
    };
  };
})();
