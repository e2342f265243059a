// Counts words and characters while a text is written; the page says the numbers of its start by itself.
for (const shown of document.querySelectorAll("[data-counts]")) {
  const text = document.getElementById(shown.dataset.counts);
  text?.addEventListener("input", () => {
    const found = shown.dataset.unit === "words" ? text.value.match(/\S+/g) : [...text.value];
    shown.textContent = found ? found.length : 0;
  });
}
