// Runs before the first paint, so that a saved colour scheme never flashes. Not a module for that reason.
(function () {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const saved = localStorage.getItem("t0-theme");
    if (saved === "dark" || saved === "light") root.dataset.theme = saved;
  } catch {
    // Storage may be blocked; the system's scheme then applies.
  }
})();
