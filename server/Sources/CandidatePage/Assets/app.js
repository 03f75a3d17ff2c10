// Makes the page live: results and suggestions while a person types, links without a reload, keys. Every part is HTML
// of the server; without this script the same addresses are pages of their own.

const $ = id => document.getElementById(id);
const [box, form, list, candidate, filters] = [$("q"), $("search"), $("list"), $("candidate"), $("filters")];
const [suggestions, echo, problemPlace, status] = [$("suggestions"), $("echo"), $("problem-place"), $("status")];
const pause = 60; // ms without a key after which results are loaded
// What is typed in one tab is recorded as one search.
const session = Array.from(crypto.getRandomValues(new Uint32Array(4)), number => number.toString(36)).join("");
let address = new URL(location.href);

// MARK: Loading

const running = {};

/** Loads a part of the page. Returns undefined if a later load of the same kind has replaced it. */
async function load(kind, url) {
  running[kind]?.abort();
  const abort = running[kind] = new AbortController();
  try {
    const answer = await fetch(url, {signal: abort.signal});
    const html = await answer.text();
    if (running[kind] !== abort) return undefined;
    // The session has ended.
    if (answer.status === 401) return void location.reload();
    return {html, status: answer.status};
  } catch {
    return abort.signal.aborted ? undefined : {html: "", status: 0};
  }
}

/** The address of a part of the page that another address shows. */
function part(path, url, more = {}) {
  const target = new URL(path, location.origin);
  for (const [name, value] of [...url.searchParams, ...Object.entries(more)]) target.searchParams.set(name, value);
  return target;
}

/** The address without the candidate that is open. */
function closed(url) {
  const other = new URL(url);
  for (const name of ["connector", "id"]) other.searchParams.delete(name);
  return other;
}

// MARK: Results

/** Shows what an address contains. `isTyping`: the address changes with each letter, and makes no history. */
async function show(url, {isTyping = false, isBack = false} = {}) {
  if (!url.searchParams.has("q")) return void location.assign(url);
  url.searchParams.delete("filters");
  const isSame = closed(url).search === closed(address).search && list.querySelector(".bar");
  address = url;
  if (!isBack) history[isTyping ? "replaceState" : "pushState"]({}, "", url);
  // A space at the end, after which a person goes on typing, stays.
  if (!isTyping && box.value.trim() !== url.searchParams.get("q").trim()) box.value = url.searchParams.get("q");
  await Promise.all([isSame ? markOpen() : showResults(url), showCandidate(url)]);
}

async function showResults(url) {
  list.classList.add("stale");
  const answer = await load("results", part("/results", closed(url), {session}));
  if (!answer) return;
  if (answer.status !== 200) {
    // The last good results stay.
    list.classList.remove("stale");
    return showProblem(answer.html || noAnswer);
  }
  setProblem("");
  list.innerHTML = answer.html;
  list.classList.remove("stale");
  document.title = `${url.searchParams.get("q")} · Candidates`;
  markOpen();
  addNeighbours();
  showFilters(url);
}

const noAnswer = `<section class="message" id="problem" role="alert"><h2>No answer</h2><p>The server did not answer.</p></section>`;

async function showFilters(url) {
  filters.hidden = false;
  const answer = await load("filters", part("/filters", closed(url), {session}));
  if (answer?.status !== 200) return;
  $("filters-body").innerHTML = answer.html;
  const total = $("total").value;
  if ($("count")) $("count").textContent = total;
  status.textContent = list.querySelector(".rows") ? total : $("summary")?.value ?? "";
}

/** Shows a problem; while a person types, only once the text rests: what is not finished is often wrong. */
function showProblem(html) {
  clearTimeout(resting);
  const show = () => {
    setProblem(html);
    if (list.querySelector(".bar")) {
      $("problem")?.append(Object.assign(document.createElement("p"), {className: "advice", textContent: olderResults}));
    }
  };
  resting = document.activeElement === box && isTyping ? setTimeout(show, rest) : void show();
}

const olderResults = "The results below are of the search before.";
const rest = 600; // ms
let resting;

/** Shows or removes the error of a query: the message, and its place in the box. */
function setProblem(html) {
  clearTimeout(resting);
  problemPlace.innerHTML = html;
  const problem = $("problem");
  const scalars = [...box.value];
  const [start, end] = [Number(problem?.dataset.start ?? 0), Number(problem?.dataset.end ?? 0)];
  if (end > start) {
    const marked = document.createElement("u");
    marked.textContent = scalars.slice(start, end).join("");
    echo.replaceChildren(scalars.slice(0, start).join(""), marked, scalars.slice(end).join(""));
  } else {
    echo.replaceChildren();
  }
  for (const [name, value] of [["aria-invalid", "true"], ["aria-describedby", "problem"]]) {
    problem ? box.setAttribute(name, value) : box.removeAttribute(name);
  }
  echo.scrollLeft = box.scrollLeft;
}

// MARK: Candidate

/** The address of the row from which a candidate was opened: there the focus returns. */
let opener;

async function showCandidate(url) {
  const isOpen = url.searchParams.has("id");
  document.body.classList.toggle("has-candidate", isOpen);
  if (!isOpen) {
    running.candidate?.abort();
    const hadFocus = candidate.contains(document.activeElement) || document.activeElement === document.body;
    candidate.replaceChildren();
    if (hadFocus && opener) (rows().find(link => link.href === opener) ?? $("results")).focus();
    return;
  }
  const answer = await load("candidate", part("/candidate", url, {session}));
  if (!answer) return;
  candidate.innerHTML = answer.html || noAnswer;
  candidate.scrollTop = 0;
  addNeighbours();
  candidate.querySelector("h2")?.focus({preventScroll: true});
}

const rows = () => [...list.querySelectorAll(".rows h3 a")];
const isSameCandidate = (a, b) => ["connector", "id"].every(name => a.searchParams.get(name) === b.searchParams.get(name));
/** The place of the candidate that is open among the results; -1 if none is. */
const openRow = () => address.searchParams.has("id")
  ? rows().findIndex(link => isSameCandidate(new URL(link.href), address)) : -1;

function markOpen() {
  const open = openRow();
  rows().forEach((link, place) => link.closest("li").classList.toggle("open", place === open));
}

function addNeighbours() {
  const [place, open] = [candidate.querySelector(".neighbours"), openRow()];
  if (!place || open < 0) return;
  place.replaceChildren(...[["prev", "Previous", open - 1], ["next", "Next", open + 1]].flatMap(([rel, text, row]) => {
    const target = rows()[row];
    return target ? [Object.assign(document.createElement("a"), {rel, href: target.href, textContent: text})] : [];
  }));
}

/** Opens the candidate `by` places after the one that is open; the first one if none is. */
function step(by) {
  const target = rows()[address.searchParams.has("id") ? openRow() + by : 0];
  if (!target) return;
  opener = target.href;
  target.closest("li").scrollIntoView({block: "nearest"});
  show(new URL(target.href));
}

// MARK: Suggestions

const options = () => [...suggestions.querySelectorAll("[role=option]")];
let chosen = -1;

function setSuggestions(html) {
  suggestions.innerHTML = html;
  chosen = -1;
  const count = options().length;
  suggestions.hidden = count === 0;
  box.setAttribute("aria-expanded", String(count > 0));
  box.removeAttribute("aria-activedescendant");
}

function closeSuggestions() {
  running.suggestions?.abort();
  running.suggestions = undefined;
  setSuggestions("");
}

function choose(place) {
  const all = options();
  chosen = place < 0 || place >= all.length ? -1 : place;
  all.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
  if (chosen < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", all[chosen].id);
  all[chosen].scrollIntoView({block: "nearest"});
}

function take(option) {
  const isUnfinished = option.dataset.unfinished;
  box.value = option.dataset.query + (isUnfinished ? "" : " ");
  box.focus();
  clearTimeout(timer);
  closeSuggestions();
  isUnfinished ? suggest() : search();
}

async function suggest() {
  if (!box.value.trim() || box.selectionStart !== box.value.length) return closeSuggestions();
  const answer = await load("suggestions", part("/suggestions", new URL(location.origin), {q: box.value}));
  if (answer?.status === 200 && document.activeElement === box) setSuggestions(answer.html);
}

// MARK: Typing

let timer;
/** Whether letters change the address that is the last one of the history: the first letter makes a new one. */
let isTyping = false;

function search({isTyping = false} = {}) {
  if (!box.value.trim()) return;
  const url = part("/", new URL(location.origin), {q: box.value.trim()});
  const sort = address.searchParams.get("sort");
  if (sort) url.searchParams.set("sort", sort);
  return show(url, {isTyping});
}

box.addEventListener("input", () => {
  echo.replaceChildren();
  clearTimeout(timer);
  timer = setTimeout(() => {
    suggest();
    search({isTyping: isTyping && location.search !== ""});
    isTyping = true;
  }, pause);
});

box.addEventListener("keydown", event => {
  if (event.isComposing) return;
  const isOpen = !suggestions.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) return suggest();
    choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? options().length - 1 : chosen - 1);
  } else if (event.key === "Enter" && isOpen && chosen >= 0) {
    event.preventDefault();
    take(options()[chosen]);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    event.stopPropagation();
    closeSuggestions();
  }
});

box.addEventListener("scroll", () => { echo.scrollLeft = box.scrollLeft; });
box.addEventListener("blur", () => {
  isTyping = false;
  closeSuggestions();
});
// The box keeps the focus while a suggestion is clicked.
suggestions.addEventListener("pointerdown", event => event.preventDefault());
suggestions.addEventListener("click", event => {
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});

form.addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(timer);
  closeSuggestions();
  isTyping = false;
  search();
});

// A purpose is entered for the search that is shown, not for the one that the page began with.
document.querySelector(".menu form")?.addEventListener("submit", event => {
  event.target.elements.next.value = location.pathname + location.search;
});

// MARK: Links and history

document.addEventListener("click", async event => {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== "/" || !url.searchParams.has("q") || url.hash) return;
  event.preventDefault();
  if (link.closest(".rows")) opener = link.href;
  if (link.closest(".pages")) scrollTo(0, 0);
  await show(url);
  // The link may be gone with the results that it belonged to.
  if (document.activeElement === document.body) $("results").focus({preventScroll: true});
});

addEventListener("popstate", () => {
  const url = new URL(location.href);
  url.searchParams.has("q") ? show(url, {isBack: true}) : location.reload();
});

// MARK: Keys

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("keys").open) return;
  if (event.key === "Escape" && address.searchParams.has("id")) return void show(closed(address));
  if (event.target.closest("input, textarea, select")) return;
  const action = {
    "/": () => { box.focus(); box.select(); }, "?": () => $("keys").showModal(), "j": () => step(1), "k": () => step(-1),
  }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

$("show-keys").hidden = false;
$("show-keys").addEventListener("click", () => $("keys").showModal());

// MARK: Start

if (matchMedia("(min-width: 48rem)").matches) filters.open = true;
if (list.querySelector(".bar") && !$("total")) showFilters(address);
