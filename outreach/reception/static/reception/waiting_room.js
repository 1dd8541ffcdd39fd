/* The screen on the wall looks again by itself; without a network it keeps what it showed. */
"use strict";

const board = document.querySelector("main");

async function lookAgain() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    board.replaceChildren(...page.querySelector("main").children);
  } catch {
    // The next look may find the network again.
  }
}

setInterval(lookAgain, Number(board.dataset.refresh) * 1000);
