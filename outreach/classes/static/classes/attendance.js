// Marks who came, also where the network does not reach.
//
// A mark is kept in this browser until the server says that it has it, and is sent again until
// then; its key makes it one mark however often it arrives. Kept are numbers of registrations and
// what was pressed, no names. Without this script the buttons are those of a plain form.

const PREFIX = "todoke-marks:";
const TRY_AGAIN = 15_000; // milliseconds
const GIVE_UP = 10_000;

const form = document.getElementById("door");
const news = document.getElementById("door-network");
const here = PREFIX + (form?.dataset.marksUrl ?? "");
const memory = new Map(); // where the browser keeps nothing, for as long as the page is open
let sending = false;
let sentSome = false;

function stored() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function addresses() {
  const names = new Set([...memory.keys(), ...Object.keys(stored() ?? {})]);
  return [...names].filter((name) => name.startsWith(PREFIX));
}

// The marks of one class that are not sent, by registration: the last press of each is enough.
function waiting(address) {
  try {
    // What could not be stored is newer than what could.
    return JSON.parse(memory.get(address) ?? stored()?.getItem(address) ?? "{}");
  } catch {
    return {};
  }
}

function keep(address, marks) {
  const text = JSON.stringify(marks);
  const isEmpty = text === "{}";
  memory.delete(address);
  try {
    if (isEmpty) stored()?.removeItem(address);
    else if (stored()) stored().setItem(address, text);
    else memory.set(address, text);
  } catch {
    memory.set(address, text); // full, or forbidden
  }
}

// A random UUID; crypto.randomUUID is not there on a page without https.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function press(button) {
  const [registration, state] = button.value.split(":");
  const marks = waiting(here);
  marks[registration] = { state, key: newKey(), pressed_at: new Date().toISOString() };
  keep(here, marks);
  show();
  send();
}

// What this browser knows goes over what the page said when it was opened.
function show() {
  const marks = waiting(here);
  for (const row of form?.querySelectorAll("[data-registration]") ?? []) {
    const mark = marks[row.dataset.registration];
    if (mark) row.dataset.state = mark.state;
    row.classList.toggle("door__waits", Boolean(mark));
    for (const button of row.querySelectorAll("button[name=mark]")) {
      button.setAttribute("aria-pressed", String(button.value.endsWith(`:${row.dataset.state}`)));
    }
  }
  for (const count of document.querySelectorAll("[data-count]")) {
    const rows = [...(form?.querySelectorAll("[data-registration]") ?? [])];
    const number = rows.filter((row) => row.dataset.state === count.dataset.count).length;
    count.textContent = String(number);
  }
}

function say(words) {
  if (news.textContent !== words) news.textContent = words;
}

function sayHowMany() {
  const count = addresses().reduce((sum, name) => sum + Object.keys(waiting(name)).length, 0);
  if (count) say(news.dataset.waiting.replace("%(count)s", String(count)));
  else if (sentSome) say(news.dataset.sent);
}

// What the server has is on record; a press it refused must not look as if it were.
function settle(sent, kept) {
  for (const { registration, state, key } of sent) {
    const row = form?.querySelector(`[data-registration="${registration}"]`);
    if (!row) continue;
    if (kept.has(key)) row.dataset.recorded = state;
    else row.dataset.state = row.dataset.recorded;
  }
}

async function whyNot(answer) {
  try {
    return (await answer.json()).error;
  } catch {
    return undefined; // a page, not our own answer
  }
}

async function sendOne(address) {
  const marks = waiting(address);
  const sent = Object.entries(marks).map(([registration, mark]) => ({
    registration: Number(registration),
    ...mark,
  }));
  if (!sent.length) return;
  const answer = await fetch(address.slice(PREFIX.length), {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
    },
    body: JSON.stringify({ marks: sent }),
    redirect: "manual",
    signal: AbortSignal.timeout(GIVE_UP),
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) return news.dataset.logIn;
  if (answer.status >= 500) return;
  // A class that is gone, or a day that has not come, will not take them later either.
  const settled = answer.ok
    ? await answer.json()
    : { kept: [], refused: sent.map((one) => one.key), error: await whyNot(answer) };
  const keys = new Set([...settled.kept, ...settled.refused]);
  // Read again: somebody may have pressed while this was under way.
  const left = Object.entries(waiting(address)).filter(([, mark]) => !keys.has(mark.key));
  keep(address, Object.fromEntries(left));
  if (address === here) settle(sent, new Set(settled.kept));
  if (!answer.ok) return settled.error ?? news.dataset.refused;
  sentSome = true;
  if (settled.refused.length) return news.dataset.refused;
}

async function send() {
  if (sending) return;
  sending = true;
  let trouble;
  try {
    for (const address of addresses()) trouble = (await sendOne(address)) ?? trouble;
  } catch {
    // No network; the next try comes by itself.
  }
  sending = false;
  show();
  if (trouble) say(trouble);
  else sayHowMany();
}

form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "mark") return;
  event.preventDefault();
  press(event.submitter);
});
window.addEventListener("online", send);
window.addEventListener("pageshow", send);
setInterval(() => addresses().length && send(), TRY_AGAIN);
show();
