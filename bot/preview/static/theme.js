// Loaded before the page is drawn, so that a light page never flashes dark.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    kept = null; // storage is off in this browser: the page starts dark each time
  }
  document.documentElement.dataset.theme = kept === "light" ? "light" : "dark";
})();
