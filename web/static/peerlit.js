// Enhancement only: every page does all it is for without this file.
"use strict";

const all = (selector) => [...document.querySelectorAll(selector)];

for (const button of navigator.clipboard ? all("[data-copy]") : []) {
  const text = button.firstChild;
  const label = text.data;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    text.data = "Copied";
    setTimeout(() => { text.data = label; }, 2000);
  });
}

const boxes = all("input[name=key]");
for (const button of all("[data-select-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const chosen = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = chosen;
  });
}

// Single keys act outside of boxes only, and can be turned off (WCAG 2.2, 2.1.4).
const KEPT = "peerlit.keys";
const help = document.getElementById("keys");
const wanted = help.querySelector("input");
let kept = null;
try { kept = localStorage.getItem(KEPT); } catch { /* storage is forbidden: shortcuts stay on */ }
wanted.checked = kept !== "off";
wanted.addEventListener("change", () => {
  try { localStorage.setItem(KEPT, wanted.checked ? "on" : "off"); } catch { /* lasts for this page */ }
});
for (const button of all("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

const titles = all(".hits h2 a");
let at = -1;
titles.forEach((title, n) => title.addEventListener("focus", () => { at = n; }));
const go = (step) => titles[Math.min(Math.max(at + step, 0), titles.length - 1)]?.focus();
const KEYS = {
  "/": () => document.getElementById("q").select(),
  "?": () => help.showModal(),
  j: () => go(1),
  k: () => go(-1),
  x: () => titles[at]?.closest("li").querySelector("[name=key]").click(),
  o: () => titles[at]?.click(),
};
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
  const act = KEYS[event.key];
  if (!wanted.checked || !act || isTyping || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});
