// A list of places under the field, as the ARIA authoring practices describe an editable combobox with a list.
// Without this script the same field leads to the same places on a page of their own.
const box = document.querySelector(".combobox");
const input = document.getElementById("id_q");
const chosen = document.getElementById("id_city");
const searched = document.getElementById("id_searched");
const PAUSE = 150; // milliseconds without a key before the list is asked for
let found = [];
let active = -1;
let isStale = false; // what is listed belongs to fewer letters than were typed
let timer = null;
let running = null;

const list = document.createElement("ul");
list.id = "places-list";
list.className = "places-list";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", box.dataset.list);
const spoken = document.createElement("p");
spoken.className = "visually-hidden";
spoken.setAttribute("role", "status");
box.append(list, spoken);
for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
})) input.setAttribute(name, value);

function close() {
  list.hidden = true;
  active = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark(index) {
  active = index;
  [...list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === index)));
  if (index < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", list.children[index].id);
  return list.children[index].scrollIntoView({ block: "nearest" });
}

function choose(index) {
  const place = found[index];
  input.value = `${place.name}, ${place.detail}`;
  chosen.value = place.value;
  searched.value = input.value;
  close();
}

function show() {
  list.replaceChildren(...found.map((place, at) => {
    const line = document.createElement("li");
    line.id = `places-list-${at}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    const where = document.createElement("span");
    where.className = "where";
    where.textContent = place.detail;
    line.append(`${place.name} `, where);
    line.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps the focus
      choose(at);
    });
    return line;
  }));
  active = -1;
  isStale = false;
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(found.length > 0));
  spoken.textContent = found.length ? `${box.dataset.some} ${found.length}` : box.dataset.none;
}

async function ask() {
  const typed = input.value.trim();
  running?.abort();
  if (!typed) return close();
  running = new AbortController();
  try {
    const answer = await fetch(`${box.dataset.places}?q=${encodeURIComponent(typed)}`, { signal: running.signal });
    if (!answer.ok) return close();
    found = (await answer.json()).places;
  } catch {
    return undefined; // the page that follows finds the places too
  }
  return input === document.activeElement ? show() : undefined;
}

input.addEventListener("input", () => {
  chosen.value = "";
  isStale = true;
  if (active >= 0) mark(-1);
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  const last = found.length - 1;
  if (list.hidden) {
    if (event.key === "ArrowDown" && input.value.trim()) ask();
    return;
  }
  if (isStale && event.key.startsWith("Arrow")) event.preventDefault();
  else if (event.key === "ArrowDown") mark(active < last ? active + 1 : 0);
  else if (event.key === "ArrowUp") mark(active > 0 ? active - 1 : last);
  else if (event.key === "Enter" && active >= 0) choose(active);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
});
