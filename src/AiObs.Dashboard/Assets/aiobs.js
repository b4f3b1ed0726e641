// Pages can be read without this: it keeps the chosen theme, shows times in the reader's zone, and walks a tree without loading the whole page.
const root = document.documentElement;
const themes = ["system", "light", "dark"];
const stored = (() => { try { return localStorage.getItem("aiobs-theme"); } catch { return null; } })();
let theme = themes.includes(stored) ? stored : "system";

function showTheme() {
  if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
  const button = document.querySelector("[data-theme-switch]");
  if (button) { button.hidden = false; button.textContent = `Theme: ${theme}`; }
}

document.querySelector("[data-theme-switch]")?.addEventListener("click", () => {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length];
  try { localStorage.setItem("aiobs-theme", theme); } catch { /* It lasts for this page then. */ }
  showTheme();
});

function showTimes(part) {
  for (const time of part.querySelectorAll("time:not([data-shown])")) {
    const at = new Date(time.dateTime);
    const today = at.toDateString() === new Date().toDateString();
    time.textContent = today ? at.toLocaleTimeString() : at.toLocaleString();
    time.dataset.shown = "";
  }
}

// A policy of the host may forbid to make markup of text. The browser's own reading of an answer is always allowed.
function documentOf(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.setRequestHeader("Accept", "text/html");
    request.onload = () => request.status === 200 && request.response ? resolve(request.response) : reject(new Error(`${request.status}`));
    request.onerror = () => reject(new Error("no answer"));
    request.send();
  });
}

async function load(address, target) {
  const part = await documentOf(address);
  target.replaceChildren(...part.body.childNodes);
  showTimes(target);
  return target;
}

function rowsAddress(link) {
  const address = new URL(link.href);
  return `${address.pathname}/rows${address.search}`;
}

// What cannot be loaded in its place is loaded as a page, which says why.
async function showTree(link) {
  const tree = document.getElementById("tree");
  const focused = tree.contains(document.activeElement) ? document.activeElement : null;
  const box = document.createElement("div");
  try { await load(rowsAddress(link), box); } catch { location.assign(link.href); return; }
  tree.replaceWith(...box.childNodes);
  history.replaceState(null, "", link.href);
  if (focused) keepFocus(focused);
}

// Focus stays on the same row, or on the link with the same name; where that is gone, it goes to the first row.
function keepFocus(focused) {
  const tree = document.getElementById("tree");
  const row = document.getElementById(focused.closest("tr")?.id ?? "") ?? null;
  const link = row ? null : [...tree.querySelectorAll("a[data-tree]")].find(other => other.textContent === focused.textContent);
  if (link) link.focus(); else focusRow(row ?? tree.querySelector("tbody tr"));
}

async function chooseSpan(row, moveFocus) {
  const side = document.getElementById("span");
  for (const other of document.querySelectorAll('.tree tr[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  row.setAttribute("aria-selected", "true");
  const address = row.querySelector("[data-choose]").href;
  try { await load(row.dataset.span, side); } catch { location.assign(address); return; }
  history.replaceState(null, "", address.replace(/#.*$/, ""));
  if (moveFocus) side.focus();
}

function focusRow(row) {
  for (const other of document.querySelectorAll('.tree tbody tr[tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
}

// Opens all rows of the same depth below the same parent.
function openSiblings(row, rows, level) {
  const address = new URL(row.querySelector("[data-choose]").href);
  const toggled = new Set((address.searchParams.get("toggled") ?? "").split(",").filter(id => id));
  const from = rows.slice(0, rows.indexOf(row)).findLastIndex(other => Number(other.ariaLevel) < level);
  for (const other of rows.slice(from + 1)) {
    if (Number(other.ariaLevel) < level) break;
    if (Number(other.ariaLevel) !== level || other.ariaExpanded !== "false") continue;
    const id = other.id.slice(1);
    if (!toggled.delete(id)) toggled.add(id);
  }
  if (toggled.size > 0) address.searchParams.set("toggled", [...toggled].join(",")); else address.searchParams.delete("toggled");
  address.hash = "";
  showTree(address);
}

document.addEventListener("click", event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest("a");
  const row = event.target.closest(".tree tbody tr");
  if (link?.matches("[data-tree], [data-twist]")) { event.preventDefault(); showTree(link); }
  else if (row && (!link || link.matches("[data-choose]"))) { event.preventDefault(); focusRow(row); chooseSpan(row, false); }
});

document.addEventListener("keydown", event => {
  const row = event.target.closest?.(".tree tbody tr");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...row.parentElement.rows];
  const at = rows.indexOf(row);
  const level = Number(row.ariaLevel);
  const twist = row.querySelector("[data-twist]");
  const isOpen = row.ariaExpanded === "true";
  let next = null;
  switch (event.key) {
    case "ArrowDown": case "j": next = rows[at + 1]; break;
    case "ArrowUp": case "k": next = rows[at - 1]; break;
    case "Home": next = rows[0]; break;
    case "End": next = rows[rows.length - 1]; break;
    case "ArrowRight": if (twist && !isOpen) showTree(twist); else if (twist) next = rows[at + 1]; break;
    case "ArrowLeft":
      if (twist && isOpen) showTree(twist);
      else next = rows.slice(0, at).findLast(other => Number(other.ariaLevel) < level);
      break;
    case "*": openSiblings(row, rows, level); break;
    case "Enter": chooseSpan(row, true); break;
    default: return;
  }
  event.preventDefault();
  if (next) focusRow(next);
});

// A list that grows while it is read: rows do not move under the reader, who is told how many wait.
const live = document.querySelector("[data-live]:not([data-live=''])");
const waiting = new Map();
const mostRows = 200;
let source = null, paused = false, failures = 0, poll = 0, lastTold = 0;

function rowsOf(html) {
  return [...new DOMParser().parseFromString(`<table><tbody>${html}</tbody></table>`, "text/html").querySelectorAll("tr")];
}

// What the reader has chosen or is at stays as it was, and in the list.
function showRows(rows) {
  const body = document.querySelector(".traces tbody");
  rows = [...rows];
  if (rows.length === 0) return;
  if (!body) { location.reload(); return; } // The first trace of an empty list brings the table.
  for (const row of rows) {
    const old = document.getElementById(row.id);
    if (old) replaceRow(old, row); else body.prepend(row);
    showTimes(row);
  }
  const kept = new Set([document.activeElement?.closest("tr"), ...[...body.querySelectorAll(":checked")].map(box => box.closest("tr"))]);
  let last = body.lastElementChild;
  for (let surplus = body.rows.length - mostRows; surplus > 0 && last; surplus--) {
    while (last && kept.has(last)) last = last.previousElementSibling;
    const gone = last;
    last = last?.previousElementSibling;
    gone?.remove();
  }
}

function replaceRow(old, row) {
  const parts = [...old.querySelectorAll("a, input")];
  const focused = parts.indexOf(document.activeElement);
  row.querySelector("input").checked = old.querySelector("input").checked;
  old.replaceWith(row);
  if (focused >= 0) [...row.querySelectorAll("a, input")][focused]?.focus();
}

function hold(row) {
  waiting.delete(row.id);
  waiting.set(row.id, row);
  if (waiting.size > mostRows) waiting.delete(waiting.keys().next().value);
}

const countWaiting = () => waiting.size < mostRows ? `${waiting.size}` : `${mostRows} or more`;

function showWaiting() {
  const button = document.querySelector("[data-new]");
  button.hidden = waiting.size === 0;
  button.textContent = `${countWaiting()} new`;
  if (waiting.size > 0 && Date.now() - lastTold > 5000) {
    lastTold = Date.now();
    document.querySelector("[data-live-region]").textContent = `${countWaiting()} new traces`;
  }
}

function takeRows(html) {
  const shown = [];
  const isAtTop = window.scrollY < 100;
  for (const row of rowsOf(html)) {
    if (!paused && (isAtTop || document.getElementById(row.id))) shown.push(row); else hold(row);
  }
  showRows(shown);
  showWaiting();
}

function showAllWaiting() {
  showRows(waiting.values());
  waiting.clear();
  showWaiting();
}

const statusOf = row => row?.cells[9].textContent.trim();

// What came between the page, or the last message, and now.
async function pollList() {
  let page;
  try { page = await documentOf(location.href); } catch { return; } // It is asked for again.
  const rows = [...page.querySelectorAll(".traces tbody tr")];
  const news = rows.reverse().filter(row => statusOf(document.getElementById(row.id)) !== statusOf(row));
  if (paused) news.forEach(hold); else showRows(news);
  showWaiting();
}

function listen() {
  if (!live || source || poll) return;
  source = new EventSource(live.dataset.live);
  source.addEventListener("open", pollList);
  source.addEventListener("row", event => {
    failures = 0;
    try { takeRows(event.data); } catch { askAgain(); } // A policy of the host allows no markup made of text.
  });
  source.addEventListener("error", () => { if (++failures >= 2) askAgain(); });
}

function askAgain() {
  hush();
  pollList();
  poll = setInterval(pollList, 5000);
}

function hush() {
  source?.close();
  source = null;
  clearInterval(poll);
  poll = 0;
}

function setPaused(wanted) {
  paused = wanted;
  const button = document.querySelector("[data-pause]");
  button.textContent = paused ? "Go on" : "Pause";
  button.setAttribute("aria-pressed", String(paused));
  if (!paused) showAllWaiting();
}

if (live) {
  live.hidden = false;
  document.querySelector("[data-pause]").addEventListener("click", () => setPaused(!paused));
  document.querySelector("[data-new]").addEventListener("click", () => { setPaused(false); window.scrollTo(0, 0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) hush(); else listen(); });
  listen();
}

// What the list showed last is the order in which [ and ] go from trace to trace.
try {
  if (document.querySelector(".traces")) sessionStorage.setItem("aiobs-list", JSON.stringify([...document.querySelectorAll(".traces td.wide a")].map(link => link.pathname)));
} catch { /* The keys do nothing then. */ }

function goToTrace(step) {
  try {
    const list = JSON.parse(sessionStorage.getItem("aiobs-list") ?? "[]");
    const next = list[list.indexOf(location.pathname) + step];
    if (list.includes(location.pathname) && next) location.assign(next);
  } catch { /* There is no list. */ }
}

function goToHit(step) {
  const hits = [...document.querySelectorAll(".tree tr.hit")];
  if (hits.length === 0) return;
  const at = hits.indexOf(document.activeElement.closest?.("tr"));
  focusRow(hits[(at + step + hits.length) % hits.length]);
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  switch (event.key) {
    case "/": document.querySelector("#find, #q")?.focus(); break;
    case "f": document.querySelector(".filters a")?.focus(); break;
    case "n": goToHit(1); break;
    case "N": goToHit(-1); break;
    case "[": goToTrace(-1); break;
    case "]": goToTrace(1); break;
    case "p": if (live) setPaused(!paused); break;
    case "?": document.getElementById("keys").showModal(); break;
    default: return;
  }
  event.preventDefault();
});

showTheme();
showTimes(document);
