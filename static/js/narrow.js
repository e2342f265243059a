// Saves the click on "Show results": the page is fetched again and only its changing parts are put in place.
// Without this script, or when a fetch fails, the form and the links work as they stand.
const form = document.getElementById("narrow");
let running = null;
let shown = location.pathname + location.search;

// The button under the filters is for phones, where the list lies below them: it says how long the list is.
function countAlong() {
  const { show } = document.getElementById("heading").dataset;
  for (const button of form.querySelectorAll(".apply .btn")) if (show) button.textContent = show;
}
countAlong();

function address() {
  const data = new FormData(form);
  const query = new URLSearchParams([...data].filter(([, value]) => value));
  return `${form.action}?${query}`;
}

async function show(url, remember) {
  running?.abort();
  running = new AbortController();
  const results = document.getElementById("results");
  results.setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(url, { signal: running.signal });
    if (!answer.ok) throw new Error(answer.status);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return;
  }
  const focused = document.activeElement;
  const place = focused?.name && focused.form === form ? [focused.name, focused.value] : null;
  const open = new Map([...form.querySelectorAll("details")].map((part) => [part.id || part.className, part.open]));
  form.innerHTML = page.getElementById("narrow").innerHTML;
  for (const part of form.querySelectorAll("details")) {
    if (open.has(part.id || part.className)) part.open = open.get(part.id || part.className);
  }
  results.innerHTML = page.getElementById("results").innerHTML;
  countAlong();
  for (const field of [...form.elements].filter((one) => one.id && !form.contains(one))) {
    const other = page.getElementById(field.id);
    if (!other) continue;
    if (field.tagName === "SELECT") field.innerHTML = other.innerHTML;
    field.value = other.value;
  }
  results.removeAttribute("aria-busy");
  document.title = page.title;
  if (remember) history.pushState(null, "", url);
  shown = location.pathname + location.search;
  if (place) {
    const again = [...form.elements].find((one) => one.name === place[0] && (one.type !== "checkbox" || one.value === place[1]));
    again?.focus({ preventScroll: true });
  }
  document.getElementById("said").textContent = document.getElementById("heading").textContent;
}

// A field may belong to the form and stand elsewhere on the page.
document.addEventListener("change", (event) => {
  if (event.target.form !== form || event.target.name === "q") return;
  show(address(), true);
});
// A jump within the page, such as "Skip to the content", is a popstate too: nothing is fetched for it.
window.addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) show(location.href, false);
});
