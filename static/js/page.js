// Buttons that need a script appear only where it runs.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// The way back leads to the list as it was narrowed, where the visitor comes from one.
for (const link of document.querySelectorAll("[data-back]")) {
  if (!document.referrer) continue;
  const from = new URL(document.referrer);
  if (from.origin === location.origin && from.pathname === link.pathname) link.href = from.href;
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}
