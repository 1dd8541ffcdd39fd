// Draws the districts into folium's shell and follows the date that is chosen.
//
// Outlines come under the hash of their content and are kept by the browser; a date brings only
// its numbers. Whatever a district is called is set as text, never as markup.
/* global L, map_coverage */

// The page's head has sent for the outlines and the layer; its body says when the map is in place.
const [{ districtsLayer }] = await Promise.all([window.coverage.layer, window.coverage.inPlace]);
const data = JSON.parse(document.getElementById("coverage-data").textContent);
const frame = document.getElementById("coverage-map");
const news = document.getElementById("coverage-news");
const form = document.getElementById("coverage-date");
const language = document.documentElement.lang;
const NO_VALUE = "–";
const written = (count) => count.toLocaleString(language);

const town = map_coverage;
town.attributionControl.setPrefix("Leaflet");
const numberOf = new Map(data.codes.map((code, number) => [code, number]));
const known = new Map([[data.numbers.as_of, data.numbers]]);
let shown = data.numbers;
let districts = null; // the layer, once the outlines have come

// A rate in tenths of a percent, a half rounded up as in the server's table; null: nobody lives there.
function rateOf(number) {
  const residents = shown.residents[number];
  if (!residents) return null;
  return Math.floor((2000 * shown.cards[number] + residents) / (2 * residents));
}

function neededOf(number) {
  const wanted = Math.ceil((shown.residents[number] * data.target) / 1000);
  return Math.max(wanted - shown.cards[number], 0);
}

const oneDecimal = (tenths) => (tenths / 10).toFixed(1);

// The class of the legend; the bounds come from the server, so both sides agree.
function swatch(number) {
  if (shown.residents[number] === null) return "missing";
  const rate = rateOf(number);
  if (rate === null) return "empty";
  return String(data.breaks.filter((bound) => rate >= bound).length);
}

function words(number) {
  if (shown.residents[number] === null) return data.words.missing;
  if (rateOf(number) === null) return data.words.empty;
  return data.words.counts
    .replace("{rate}", oneDecimal(rateOf(number)))
    .replace("{cards}", written(shown.cards[number]))
    .replace("{residents}", written(shown.residents[number]));
}

function tooltip(name, number) {
  const box = document.createElement("div");
  const title = document.createElement("strong");
  title.textContent = name;
  box.append(title, document.createElement("br"), words(number));
  return box;
}

// The legend's own patterns as canvas fills: one definition for legend, picture and map. A canvas,
// because a browser paints a nation's districts there in a fraction of the time it takes in SVG.
function filling(pattern) {
  const size = pattern.width.baseVal.value;
  const sharp = window.devicePixelRatio || 1;
  const tile = document.createElement("canvas");
  tile.width = size * sharp;
  tile.height = size * sharp;
  const pen = tile.getContext("2d");
  pen.scale(sharp, sharp);
  for (const shape of pattern.children) paint(pen, shape);
  return pen.createPattern(tile, "repeat");
}

// What the patterns are made of: grounds, dots and lines.
function paint(pen, shape) {
  const value = (name) => shape.getAttribute(name);
  if (value("fill")) pen.fillStyle = value("fill");
  if (shape.tagName === "rect") pen.fillRect(0, 0, value("width"), value("height"));
  if (shape.tagName === "circle") {
    pen.beginPath();
    pen.arc(value("cx"), value("cy"), value("r"), 0, 2 * Math.PI);
    pen.fill();
  }
  if (shape.tagName === "path") {
    pen.strokeStyle = value("stroke");
    pen.lineWidth = value("stroke-width");
    pen.stroke(new Path2D(value("d")));
  }
}

const fills = new Map(
  [...document.querySelectorAll(".coverage-patterns pattern")].map((pattern) => [
    pattern.id.replace("coverage-pattern-", ""),
    filling(pattern),
  ]),
);
function cells(number) {
  if (shown.residents[number] === null) {
    return [data.words.missing, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE];
  }
  const rate = rateOf(number);
  return [
    written(shown.residents[number]),
    written(shown.cards[number]),
    rate === null ? NO_VALUE : oneDecimal(rate),
    rate === null ? NO_VALUE : oneDecimal(Math.max(data.target - rate, 0)),
    written(neededOf(number)),
  ];
}

function choose(number) {
  if (!districts?.choose(number)) return;
  frame.scrollIntoView({ block: "nearest" });
  news.textContent = `${districts.nameOf(number)}: ${words(number)}`;
}

function draw(outlines) {
  const drawn = outlines.districts
    .map(([code, ...outline]) => [numberOf.get(code), ...outline])
    .filter(([number]) => number !== undefined);
  if (drawn.length) {
    districts = districtsLayer(outlines, drawn, {
      fillOf: (number) => fills.get(swatch(number)),
      contentOf: (number, name) => tooltip(name, number),
    });
    town.fitBounds(districts.bounds(), { padding: [8, 8], animate: false });
    districts.addTo(town);
  }
  frame.dataset.drawn = drawn.length;
}

// A shortened table holds the districts in most need, as the server picks them.
function inMostNeed() {
  const needed = data.codes.map((_, number) => neededOf(number));
  return needed.map((_, number) => number).sort((a, b) => needed[b] - needed[a] || a - b);
}

function pickAgain(table) {
  const numbers = inMostNeed();
  table.querySelectorAll("[data-row]:has(a)").forEach((row, place) => {
    const number = numbers[place];
    row.dataset.row = number;
    row.querySelector("a").textContent =
      districts?.nameOf(number) ?? data.codes[number];
  });
}

function rewrite() {
  const table = document.getElementById("coverage-table");
  if ("shortened" in table.dataset) pickAgain(table);
  for (const row of table.querySelectorAll("[data-row]")) {
    const written = cells(Number(row.dataset.row));
    row.querySelectorAll("td").forEach((cell, column) => {
      cell.textContent = written[column];
    });
  }
  for (const place of document.querySelectorAll("[data-sentence]")) {
    place.textContent = shown.sentences[place.dataset.sentence];
    place.hidden = !place.textContent;
  }
  const address = `${data.picture_url}?as_of=${shown.as_of}`;
  const tableLink = document.getElementById("coverage-table-link");
  if (tableLink) tableLink.href = `${data.table_url}?as_of=${shown.as_of}`;
  const picture = document.getElementById("coverage-picture");
  picture.src = address;
  picture.alt = shown.sentences.summary;
  document.getElementById("coverage-picture-link").href = address;
}

// From month to month counts change little: a date is fetched as its difference to the first.
function added(differences, first) {
  return differences.map((more, number) => (more === null ? null : more + (first[number] ?? 0)));
}

async function numbersOf(date) {
  if (!known.has(date)) {
    const asked = new URLSearchParams({ as_of: date, from: data.numbers.as_of });
    const response = await fetch(`${data.numbers_url}?${asked}`);
    if (!response.ok) throw new Error(response.statusText);
    const numbers = await response.json();
    numbers.residents = added(numbers.residents, data.numbers.residents);
    numbers.cards = added(numbers.cards, data.numbers.cards);
    known.set(date, numbers);
  }
  return known.get(date);
}

async function show(date) {
  try {
    const numbers = await numbersOf(date);
    if (numbers.drawing !== shown.drawing) {
      // Other districts have been put in force meanwhile: nothing on this page fits them.
      window.location.assign(`?as_of=${encodeURIComponent(date)}`);
      return;
    }
    shown = numbers;
    districts?.silence();
    districts?.paint();
    rewrite();
    news.textContent = shown.sentences.dates;
    frame.dataset.shown = date;
  } catch {
    news.textContent = data.words.failed;
  }
}

function followTheForm() {
  const field = form.elements.as_of;
  const follow = () => {
    window.history.pushState(null, "", `?as_of=${encodeURIComponent(field.value)}`);
    show(field.value);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
  });
  window.addEventListener("popstate", () => {
    const asked = new URLSearchParams(window.location.search).get("as_of");
    field.value = asked || data.numbers.as_of;
    if (field.value !== shown.as_of) show(field.value);
  });
}

function followTheTable() {
  document.getElementById("coverage-table").addEventListener("click", (event) => {
    const row = event.target.closest("a") && event.target.closest("[data-row]");
    if (!row) return;
    event.preventDefault();
    choose(Number(row.dataset.row));
  });
}

// Resolves when everything below the map has arrived as well.
const wholePage = new Promise((resolve) => {
  if (document.readyState !== "loading") resolve();
  else document.addEventListener("DOMContentLoaded", resolve, { once: true });
});

if (data.tiles) L.tileLayer(data.tiles, { attribution: data.tiles_credit }).addTo(town);
if (form) followTheForm();
const outlines = await window.coverage.outlines;
if (outlines) draw(outlines);
else document.documentElement.classList.remove("has-coverage-map");
await wholePage;
followTheTable();
// Paper gets the server's picture; it is fetched once the map is on the screen.
requestAnimationFrame(() => setTimeout(() => {
  document.getElementById("coverage-picture").loading = "eager";
}));
