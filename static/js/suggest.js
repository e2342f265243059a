// Suggests while somebody types, after the ARIA pattern of a combobox with a list. Without this script, or when
// nothing can be fetched, each box is the plain search box that it is.
const PAUSE = 120; // milliseconds without a key before anything is fetched
const SHORTEST = 2;

function combobox(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.parentElement.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
  let active = -1;
  let waiting = 0;
  let running = null;

  function close() {
    clearTimeout(waiting);
    running?.abort();
    list.hidden = true;
    activate(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function activate(at) {
    active = at;
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(place === at));
    }
    const chosen = list.children[at];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function option(suggestion, at) {
    const item = document.createElement("li");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    if (suggestion.url) item.dataset.url = suggestion.url;
    item.suggestion = suggestion;
    const name = document.createElement("b");
    name.dir = "auto";
    name.textContent = suggestion.text ?? suggestion.name; // a place has a name
    const detail = document.createElement("span");
    detail.textContent = suggestion.detail;
    item.append(name, " ", detail);
    return item;
  }

  // What has a page of its own leads there; a place becomes the answer to the question.
  function choose(item) {
    if (item.dataset.url) return location.assign(item.dataset.url);
    input.value = [...item.children].map((part) => part.textContent).join(", ");
    input.dispatchEvent(new CustomEvent("chosen", { detail: item.suggestion }));
    return close();
  }

  async function suggest() {
    running?.abort();
    running = new AbortController();
    const words = input.value.trim();
    if (words.length < SHORTEST) return close();
    try {
      const url = `${input.dataset.suggest}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(url, { signal: running.signal });
      if (!answer.ok) return close();
      const found = await answer.json();
      list.replaceChildren(...(found.suggestions ?? found.places).map(option));
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      activate(-1);
      status.textContent = found.said;
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the box keeps its words
      close();
    } else if (event.key === "ArrowDown" && list.hidden) {
      suggest();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      activate(active < last ? active + 1 : -1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      activate(active < 0 ? last : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (event.key === "Enter" || event.key === "Tab") {
      close();
    }
  });
  input.addEventListener("blur", close);
  // A press must not take the focus, or the list would close before the click arrives.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) choose(chosen);
  });
}

for (const input of document.querySelectorAll("input[data-suggest]")) combobox(input);
