// The day sheet on a telephone: what is pressed is kept until the server has it, and what is no
// longer this visitor's disappears at the next contact; everything does after a day.

import { KeptMarks } from "../people/kept_marks.js";

const TRY_AGAIN = 15_000; // milliseconds
const A_DAY = 24 * 60 * 60 * 1000;
const REFUSED = "todoke-refused:";

const sheet = document.getElementById("sheet");
const news = document.getElementById("sheet-network");
const refusals = document.getElementById("sheet-refused");
const kept = new KeptMarks("todoke-visits:", sheet.dataset.marksUrl);
const place = REFUSED + sheet.dataset.marksUrl;
const opened = performance.timeOrigin;
let sentSome = false;

function press(button) {
  const [visit, kind, value] = button.value.split(":");
  const second = Number(sheet.querySelector("[name=second]")?.value) || null;
  const about = kind === "consent" ? `${visit}:${kind}:${value}` : `${visit}:${kind}`;
  kept.add(about, { visit: Number(visit), kind, value, second });
  show();
  send();
}

function show() {
  for (const mark of Object.values(kept.waiting())) {
    const box = sheet.querySelector(`[data-visit="${mark.visit}"]`);
    box?.classList.add("sheet__waits");
    for (const button of box?.querySelectorAll(`button[value^="${mark.visit}:${mark.kind}:"]`) ?? []) {
      const isPressed = button.value === `${mark.visit}:${mark.kind}:${mark.value}`;
      if (isPressed || mark.kind === "outcome") button.setAttribute("aria-pressed", String(isPressed));
    }
  }
  const waits = new Set(Object.values(kept.waiting()).map((mark) => String(mark.visit)));
  for (const box of sheet.querySelectorAll(".sheet__waits")) {
    if (!waits.has(box.dataset.visit)) box.classList.remove("sheet__waits");
  }
}

// What could not be kept stays on the telephone until somebody has read it.
function refused() {
  return JSON.parse(localStorage.getItem(place) ?? "[]");
}

function showRefused() {
  refusals.replaceChildren(
    ...refused().map((why) => {
      const line = document.createElement("li");
      line.textContent = why;
      return line;
    }),
  );
  refusals.parentElement.hidden = !refusals.children.length;
}

function wipe(boxes) {
  for (const box of boxes) box.remove();
  // The drawing counts visits that are gone.
  if (boxes.length) document.getElementById("sheet-map")?.remove();
}

function wipeAfterADay() {
  if (Date.now() - opened < A_DAY) return;
  wipe([...sheet.querySelectorAll("[data-visit]")]);
  news.textContent = news.dataset.old;
}

function sayHowMany() {
  const count = kept.count();
  if (count) news.textContent = news.dataset.waiting.replace("%(count)s", String(count));
  else if (sentSome) news.textContent = news.dataset.sent;
}

async function send() {
  wipeAfterADay();
  let loggedOut = false;
  await kept.send({
    always: true,
    settled(said, sent, isHere) {
      sentSome ||= sent.length > 0;
      const whys = said.refused.map((one) => one.why ?? news.dataset.refused);
      if (whys.length) localStorage.setItem(place, JSON.stringify([...refused(), ...whys]));
      if (!isHere || !said.yours) return;
      const yours = new Set(said.yours.map(String));
      wipe([...sheet.querySelectorAll("[data-visit]")].filter((box) => !yours.has(box.dataset.visit)));
    },
    loggedOut() {
      loggedOut = true;
    },
  });
  show();
  showRefused();
  if (loggedOut) news.textContent = news.dataset.logIn;
  else sayHowMany();
}

sheet.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "mark") return;
  event.preventDefault();
  press(event.submitter);
});
document.getElementById("sheet-seen").addEventListener("click", () => {
  localStorage.removeItem(place);
  showRefused();
});
window.addEventListener("online", send);
window.addEventListener("pageshow", send);
document.addEventListener("visibilitychange", wipeAfterADay);
setInterval(send, TRY_AGAIN);
show();
showRefused();
