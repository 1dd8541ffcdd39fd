// While a form about somebody new is being filled in: who on record it could be, shown below it.
// Without this script the same question is asked when the form is sent.
(() => {
  const form = document.querySelector("form[data-resembling]");
  const place = document.getElementById("resembling");
  if (!form || !place) return;
  const ASKED = ["name", "kana", "birth_year", "birth_date", "address", "phone"];
  const PAUSE = 350; // milliseconds after the last key
  let timer = 0;
  let last = "";
  let asking = null;

  const told = () => {
    const data = new FormData(form);
    if (form.dataset.step) data.set("step", form.dataset.step);
    return data;
  };

  const ask = async () => {
    const data = told();
    const key = ASKED.map((name) => data.get(name) || "").join("\n");
    if (key === last) return;
    last = key;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.resembling, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        signal: asking.signal,
      });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        place.replaceChildren(...page.body.childNodes);
      }
    } catch {
      last = ""; // no network, or a newer question: it is asked again with the next key
    }
  };

  form.addEventListener("input", (event) => {
    if (!ASKED.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
})();
