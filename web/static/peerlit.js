// Enhancement only: every page does all it is for without this file.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const text = button.firstChild;
  const label = text.data;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    text.data = "Copied";
    setTimeout(() => { text.data = label; }, 2000);
  });
}
