// Keeps what was pressed in this browser until the server says that it has it.
//
// Each mark carries a key drawn for the press, so that it is one mark however often it arrives.
// Kept are numbers and what was pressed, no names. Used by the door of a class and the day sheet.

const GIVE_UP = 10_000; // milliseconds

function stored() {
  try {
    return window.localStorage;
  } catch {
    return null;
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

async function whyNot(answer) {
  try {
    return (await answer.json()).error;
  } catch {
    return undefined; // a page, not our own answer
  }
}

export class KeptMarks {
  // `prefix` names the kind of page; what it keeps stands under prefix + the address to send to.
  constructor(prefix, address) {
    this.prefix = prefix;
    this.here = prefix + address;
    this.memory = new Map(); // where the browser keeps nothing, for as long as the page is open
    this.sending = false;
  }

  addresses() {
    const names = new Set([...this.memory.keys(), ...Object.keys(stored() ?? {})]);
    return [...names].filter((name) => name.startsWith(this.prefix));
  }

  // What is not sent, by what it is about: the last press of each is enough.
  waiting(address = this.here) {
    try {
      // What could not be stored is newer than what could.
      return JSON.parse(this.memory.get(address) ?? stored()?.getItem(address) ?? "{}");
    } catch {
      return {};
    }
  }

  count() {
    return this.addresses().reduce((sum, name) => sum + Object.keys(this.waiting(name)).length, 0);
  }

  add(about, mark) {
    const pressed = { ...mark, key: newKey(), pressed_at: new Date().toISOString() };
    this.keep(this.here, { ...this.waiting(), [about]: pressed });
  }

  keep(address, marks) {
    const text = JSON.stringify(marks);
    this.memory.delete(address);
    try {
      if (text === "{}") stored()?.removeItem(address);
      else if (stored()) stored().setItem(address, text);
      else this.memory.set(address, text);
    } catch {
      this.memory.set(address, text); // full, or forbidden
    }
  }

  // Sends what waits, of this page and of others of its kind. With `always` this page asks even
  // when nothing waits. `settled` gets each answer together with the marks it is about.
  async send({ settled, loggedOut, always = false }) {
    if (this.sending) return;
    this.sending = true;
    try {
      const names = new Set([...this.addresses(), ...(always ? [this.here] : [])]);
      for (const address of names) {
        const asks = always && address === this.here;
        const waits = Object.keys(this.waiting(address)).length > 0;
        if (asks || waits) await this.sendOne(address, settled, loggedOut);
      }
    } catch {
      // No network; the next try comes by itself.
    } finally {
      this.sending = false;
    }
  }

  async sendOne(address, settled, loggedOut) {
    const sent = Object.values(this.waiting(address));
    const answer = await fetch(address.slice(this.prefix.length), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify({ marks: sent }),
      redirect: "manual",
      signal: AbortSignal.timeout(GIVE_UP),
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) return loggedOut();
    if (answer.status >= 500) return;
    // What is gone, or has not come, will not take them later either.
    const said = answer.ok
      ? await answer.json()
      : { kept: [], refused: sent.map((one) => one.key), error: await whyNot(answer) };
    const keys = new Set([...said.kept, ...said.refused.map((one) => one.key ?? one)]);
    // Read again: somebody may have pressed while this was under way.
    const left = Object.entries(this.waiting(address)).filter(([, mark]) => !keys.has(mark.key));
    settled(said, sent, address === this.here);
    this.keep(address, Object.fromEntries(left));
  }
}
