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

async function load(address, target) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const text = await answer.text();
  const part = new DOMParser().parseFromString(text, "text/html");
  target.replaceChildren(...part.body.childNodes);
  showTimes(target);
  return target;
}

function rowsAddress(link) {
  const address = new URL(link.href);
  return `${address.pathname}/rows${address.search}`;
}

async function showTree(link) {
  const focused = document.activeElement?.closest("tr")?.id;
  const holder = document.getElementById("tree").parentElement;
  const box = document.createElement("div");
  await load(rowsAddress(link), box);
  document.getElementById("tree").replaceWith(...box.childNodes);
  history.replaceState(null, "", link.href);
  const row = focused && holder.querySelector(`#${focused}`);
  if (row) focusRow(row);
}

async function chooseSpan(row, moveFocus) {
  const side = document.getElementById("span");
  for (const other of document.querySelectorAll('.tree tr[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  row.setAttribute("aria-selected", "true");
  history.replaceState(null, "", row.querySelector("[data-choose]").href.replace(/#.*$/, ""));
  await load(row.dataset.span, side);
  if (moveFocus) side.focus();
}

function focusRow(row) {
  for (const other of document.querySelectorAll('.tree tbody tr[tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
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
    case "Enter": chooseSpan(row, true); break;
    default: return;
  }
  event.preventDefault();
  if (next) focusRow(next);
});

showTheme();
showTimes(document);
