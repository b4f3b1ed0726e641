// Whatever people, models and tools say gets into the page as text, never as markup.

import { readEvents } from "./stream.js";

const find = (id) => document.getElementById(id);
const log = find("log");
const suggestions = find("suggestions");
const question = find("question");
const usd = (amount) => `$${amount.toFixed(amount < 0.1 ? 6 : 2)}`;

let conversation = null;
let running = null;

function add(parent, tag, className, text) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }

  element.textContent = text ?? "";
  parent.append(element);

  return element;
}

async function call(method, path, { body, signal } = {}) {
  const response = await fetch(path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
    signal,
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    if (response.status === 401 || response.status === 404) {
      // The desk was started anew, and knows neither visitor nor conversation: the next question begins with both.
      conversation = null;
    }

    throw new Error(problem.detail ?? `The desk answered ${response.status}.`);
  }

  return response;
}

function showBudget(budget) {
  find("meter").max = budget.limit;
  find("meter").value = budget.spent;
  find("budget").textContent = `${usd(budget.spent)} of ${usd(budget.limit)}`;
}

async function open() {
  const session = await (await call("POST", "api/session")).json();
  find("model").textContent = `${session.model}; you are ${session.user}`;
  showBudget(session.budget);
}

/** Returns the conversation, which the first question starts. */
async function begin() {
  if (conversation === null) {
    await open();
    conversation = (await (await call("POST", "api/conversations")).json()).id;
  }

  return conversation;
}

function clear() {
  running?.abort();
  conversation = null;
  log.replaceChildren(suggestions);
  suggestions.hidden = false;
  find("notice").textContent = "";
  question.focus();
}

function setRunning(controller) {
  running = controller;
  find("send").disabled = controller !== null;
  find("stop").hidden = controller === null;
  log.setAttribute("aria-busy", String(controller !== null));
}

function describeCost(cost) {
  if (cost === null) {
    return "What this cost is not known yet.";
  }

  if (cost.calls === 0) {
    return "Free: no model has answered.";
  }

  const amount = cost.usd === null ? "Unpriced" : `${cost.isExact ? "" : "About "}${usd(cost.usd)}`;

  return `${amount}: ${cost.calls} ${cost.calls === 1 ? "call" : "calls"}, ${cost.inputTokens} tokens in, ${cost.outputTokens} out`;
}

function showCost(answer, done, id) {
  add(answer, "p", "cost", describeCost(done.cost));

  const details = add(answer, "details", "records");
  add(details, "summary", "", "What was recorded");
  details.addEventListener("toggle", () => showRecords(details, id, done.traceId), { once: true });
}

function describeSpan(span) {
  const cost = span.usd === null ? "" : `  ${usd(span.usd)}`;
  const error = span.error === null ? "" : `  failed: ${span.error}`;

  return `${"  ".repeat(span.depth)}${span.name}  ${span.durationMs} ms${cost}${error}`;
}

async function showRecords(details, id, traceId) {
  try {
    const records = await (await call("GET", `api/conversations/${encodeURIComponent(id)}/traces/${encodeURIComponent(traceId)}`)).json();
    add(details, "p", "trace", `Trace ${records.traceId}`);
    add(details, "pre", "spans", records.spans.map(describeSpan).join("\n"));
    for (const model of records.calls) {
      add(details, "pre", "receipt", `${model.model}\n${model.receipt}`);
    }

    for (const event of records.events) {
      add(details, "pre", "event", `${event.time} ${event.type}\n${JSON.stringify(event.data)}`);
    }
  } catch (error) {
    add(details, "p", "trouble", error.message);
  }
}

function showEvent(answer, tools, id, { type, data }) {
  switch (type) {
    case "text":
      (answer.querySelector("p.text:last-child") ?? add(answer, "p", "text")).append(data.delta);
      break;
    case "tool_call":
      tools.set(data.id, add(answer, "p", "tool", `${data.name} ${data.arguments}`));
      break;
    case "tool_result":
      tools.get(data.id)?.append(` → ${data.result}`);
      break;
    case "refused":
    case "failed":
      add(answer, "p", "trouble", data.message);
      break;
    case "done":
      showCost(answer, data, id);
      showBudget(data.budget);
      break;
  }
}

async function ask(text) {
  const controller = new AbortController();
  setRunning(controller);
  suggestions.hidden = true;
  find("notice").textContent = "";
  try {
    const id = await begin();
    const response = await call("POST", `api/conversations/${id}/messages`, { body: { text }, signal: controller.signal });
    add(add(log, "article", "mine"), "p", "text", text);
    question.value = "";
    const answer = add(log, "article", "theirs");
    const tools = new Map();
    try {
      for await (const event of readEvents(response)) {
        showEvent(answer, tools, id, event);
        answer.scrollIntoView({ block: "end" });
      }
    } catch (error) {
      add(answer, "p", "trouble", controller.signal.aborted ? "You have stopped this answer." : `The answer broke off: ${error.message}`);
    }
  } catch (error) {
    if (!controller.signal.aborted) {
      find("notice").textContent = error.message;
    }
  } finally {
    if (running === controller) {
      setRunning(null);
      question.focus();
    }
  }
}

function submit() {
  const text = question.value.trim();
  if (text && running === null) {
    ask(text);
  }
}

find("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    running?.abort();
  }
});
suggestions.addEventListener("click", (event) => {
  if (event.target instanceof HTMLButtonElement && running === null) {
    ask(event.target.textContent);
  }
});
find("stop").addEventListener("click", () => running?.abort());
find("fresh").addEventListener("click", clear);
find("leave").addEventListener("click", async () => {
  clear();
  await call("DELETE", "api/session");
  await open();
});

open().catch((error) => {
  find("notice").textContent = error.message;
});
