// Marks who came, also where the network does not reach.
//
// Without this script the buttons are those of a plain form.

import { KeptMarks } from "../people/kept_marks.js";

const TRY_AGAIN = 15_000; // milliseconds

const form = document.getElementById("door");
const news = document.getElementById("door-network");
const kept = new KeptMarks("todoke-marks:", form?.dataset.marksUrl ?? "");
let sentSome = false;

function press(button) {
  const [registration, state] = button.value.split(":");
  kept.add(registration, { registration: Number(registration), state });
  show();
  send();
}

// What this browser knows goes over what the page said when it was opened.
function show() {
  const marks = kept.waiting();
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
  const count = kept.count();
  if (count) say(news.dataset.waiting.replace("%(count)s", String(count)));
  else if (sentSome) say(news.dataset.sent);
}

// What the server has is on record; a press it refused must not look as if it were.
function settle(sent, onRecord) {
  for (const { registration, state, key } of sent) {
    const row = form?.querySelector(`[data-registration="${registration}"]`);
    if (!row) continue;
    if (onRecord.has(key)) row.dataset.recorded = state;
    else row.dataset.state = row.dataset.recorded;
  }
}

async function send() {
  let trouble;
  await kept.send({
    settled(said, sent, isHere) {
      sentSome ||= said.kept.length > 0;
      if (isHere) settle(sent, new Set(said.kept));
      if (said.refused.length) trouble = said.error ?? news.dataset.refused;
    },
    loggedOut() {
      trouble = news.dataset.logIn;
    },
  });
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
setInterval(() => kept.count() && send(), TRY_AGAIN);
show();
