// Starts Wagtail's own scripts, its menu above all, once the map no longer needs the processor.
//
// The page keeps them in <template class="kept-for-later">, in Wagtail's order. Some of them wait
// for DOMContentLoaded, which has passed by then, so it is told to them again.

function started(script) {
  const live = document.createElement("script");
  for (const { name, value } of script.attributes) live.setAttribute(name, value);
  live.textContent = script.textContent;
  live.async = false; // in Wagtail's order, though nobody waits for each
  const done = new Promise((resolve) => {
    live.onload = resolve;
    live.onerror = resolve;
    if (!live.src) resolve();
  });
  document.body.append(live);
  return done;
}

const starting = [];
for (const { content } of document.querySelectorAll("template.kept-for-later")) {
  for (const node of [...content.children]) {
    if (node.tagName === "SCRIPT") starting.push(started(node));
    else document.body.append(node);
  }
}
await Promise.all(starting);
document.dispatchEvent(new Event("DOMContentLoaded"));
