// Nothing typed at the desk is lost: the session lives while somebody types, its end is told before it comes, and long
// forms are kept as they are typed. Without this script the page says until when one is logged in, and a form that comes
// too late is kept by the site all the same.
const session = document.getElementById("session");
const bar = document.getElementById("session-ends");
const kept = document.querySelector("[data-keeps]");
const form = kept && document.getElementById(kept.dataset.keeps);
const TOLD = 180; // seconds before the end
const PING = 60_000; // at most one request in this time because of typing
const PAUSE = 3_000; // without a key, before a form is kept
let ends = 0;
let asked = 0;
let waiting = null;
let sending = null;
// What somebody typed is on the page, or a form that came back with errors: it has to stay, to be sent once more.
let typed = document.querySelector(".errornote, .errorlist") !== null;

function lasts(seconds) {
  ends = performance.now() + seconds * 1_000;
  show();
}

function show() {
  const left = Math.ceil((ends - performance.now()) / 1_000);
  const [before, after] = bar.querySelectorAll("p");
  // What the desk shows does not stay open for whoever comes by after the end.
  if (left <= 0 && !typed) {
    typed = true;
    location.replace(location.pathname + location.search);
  }
  bar.hidden = left > TOLD;
  before.hidden = left <= 0;
  after.hidden = left > 0;
  if (left > 0) {
    bar.querySelector("[data-left]").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
  // Announced once and when it is over; a voice that counts every second would drown the rest.
  bar.setAttribute("aria-live", left === TOLD || left <= 0 ? "polite" : "off");
}

async function ask(address, data, signal) {
  asked = performance.now();
  data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(data), signal, redirect: "error" });
    if (answer.status === 401) lasts(0);
    if (!answer.ok) return null;
    const said = await answer.json();
    lasts(said.seconds);
    return said;
  } catch {
    return null; // no network, or the form was sent meanwhile: the next key tries again
  }
}

const stay = () => ask(session.dataset.awake, new FormData());

async function keep() {
  waiting = null;
  sending = new AbortController();
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  // Not form.action: a field of that name would stand in its place.
  const address = new URL(form.getAttribute("action") || location, location);
  address.searchParams.delete("kept");
  data.set("_address", address.pathname + address.search);
  const said = await ask(session.dataset.keep, data, sending.signal);
  if (said) {
    kept.textContent = kept.dataset.said.replace("{at}", said.at);
    kept.hidden = false;
  }
}

if (session && bar) {
  lasts(Number(session.dataset.seconds));
  setInterval(show, 1_000);
  bar.querySelector("button").addEventListener("click", stay);
  document.addEventListener("input", (event) => {
    typed = true;
    if (form?.contains(event.target)) {
      clearTimeout(waiting);
      waiting = setTimeout(keep, PAUSE);
    } else if (performance.now() - asked > PING) stay();
  });
  form?.addEventListener("submit", () => {
    clearTimeout(waiting);
    sending?.abort();
  });
}
