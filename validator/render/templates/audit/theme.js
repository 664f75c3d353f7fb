"use strict";
/* Dark or light: as the system has it until the reader says otherwise, remembered where that is allowed. */
(() => {
  const root = document.documentElement;
  const remember = (theme) => {
    try {
      localStorage.setItem("gouji-theme", theme);
    } catch {}
  };
  const remembered = () => {
    try {
      return localStorage.getItem("gouji-theme");
    } catch {
      return null;
    }
  };
  const before = remembered();
  if (before === "dark" || before === "light") root.dataset.theme = before;
  root.classList.add("scripted");
  const button = document.querySelector("[data-act=theme]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember(root.dataset.theme);
  });
})();
