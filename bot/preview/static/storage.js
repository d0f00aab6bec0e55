// What the browser keeps for this page. Where it keeps nothing, choices last until the page is closed.

export function kept(store, name) {
  try {
    return window[store].getItem(name);
  } catch {
    return null; // storage is off
  }
}

export function keep(store, name, value) {
  try {
    window[store].setItem(name, value);
  } catch {
    return; // storage is off: nothing depends on it
  }
}
