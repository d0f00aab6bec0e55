// Loaded before the page is drawn, so that a light page never flashes dark. Until somebody chooses, the system does.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    kept = null; // storage is off in this browser: nothing is remembered
  }
  const light = matchMedia("(prefers-color-scheme: light)");
  const follow = () => {
    document.documentElement.dataset.theme = light.matches ? "light" : "dark";
  };
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  else {
    follow();
    light.addEventListener("change", follow);
    addEventListener("themechosen", () => light.removeEventListener("change", follow), { once: true });
  }
})();
