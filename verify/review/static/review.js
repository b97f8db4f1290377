"use strict";
// The page works on what the server rendered: this file moves a cursor over findings, sends decisions and edits,
// and puts in the rows that come back. Labels in data-l join counterparts: f… finding, q… quote, b… bead.
const $ = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const csrf = document.querySelector("meta[name=csrf]").content;
const RANK = { critical: 3, major: 2, minor: 1, neutral: 0 };
const memory = JSON.parse(sessionStorage.getItem("review") || "{}");
let state = { findings: [], version: 0, number: 0, reasons: [] };
let byKey = new Map();
let current = null; // key of the finding under the cursor
let focused = null; // the sentence under the cursor
let editor = null;

// ---------------------------------------------------------------- server

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify({ author: $("author").value.trim(), ...body }),
  };
  let response;
  try { response = await fetch(path, options); } catch { say("The server does not answer. Is `verify review` still running?", true); throw new Error("offline"); }
  const type = response.headers.get("Content-Type") || "";
  const answer = type.includes("json") ? await response.json() : await response.text();
  if (!response.ok) { say(answer.error || answer, true); throw new Error(`${path}: ${response.status}`); }
  return answer;
}

let acting = Promise.resolve(), writes = 0;
function act(path, body) { // one write after the other; what went wrong was said
  if (["/undo", "/discard", "/check"].includes(path) && unfinished()) return Promise.resolve(null); // they put in other rows
  writes += 1;
  acting = acting.then(() => ask(path, body)).then(take).catch(() => null).finally(() => { writes -= 1; });
  return acting;
}

function take(answer) {
  if (answer.reload) { say(answer.message || ""); reload(); return answer; }
  for (const [id, html] of Object.entries(answer.rows || {})) $(`r${id}`).replaceWith(made(html));
  if (answer.findings) know(answer);
  if (answer.message) say(answer.message);
  if (answer.open) window.open(answer.open, "_blank", "noopener");
  return answer;
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

function say(text, wrong = false) {
  $("said").textContent = text;
  $("said").className = wrong ? "wrong" : "";
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { $("said").textContent = ""; }, wrong ? 12000 : 5000);
}

// ---------------------------------------------------------------- findings

function know(fresh) {
  state = { ...state, ...fresh };
  byKey = new Map(state.findings.map((f) => [f.key, f]));
  $("save").disabled = !state.dirty;
  $("discard").hidden = !state.dirty;
  $("reasons").replaceChildren(...state.reasons.map((reason) => new Option(reason)));
  paint();
  if (current && !byKey.has(current)) current = null;
  if (current) panel();
  if (!$("quotes-view").hidden) view("quotes");
}

const pressed = (name) => new Set(all(`[data-${name}][aria-pressed=true]`).map((b) => b.dataset[name]));
function filter() {
  const severities = pressed("severity"), states = pressed("state"), check = $("by-check").value, witness = $("by-witness").value;
  return (f) => severities.has(f.severity) && states.has(f.state) && (!check || f.check === check) && (!witness || f.witness === witness);
}
const shown = () => state.findings.filter(filter());

function paint() { // each mark has the look of the gravest finding over it that the filters show
  const shows = filter(), visible = new Set(state.findings.filter(shows).map((f) => f.key));
  for (const mark of all(".mark")) {
    let worst = null, open = false;
    for (const label of mark.dataset.l.split(" ")) {
      const f = label[0] === "f" && visible.has(label.slice(1)) ? byKey.get(label.slice(1)) : null;
      if (f && (!worst || RANK[f.severity] > RANK[worst.severity])) worst = f;
      if (f && f.state === "open") open = true;
    }
    mark.className = worst ? `mark ${worst.severity}${open ? "" : " settled"}` : "mark off";
  }
  const decided = state.findings.filter((f) => f.state !== "open").length;
  $("done").max = state.findings.length || 1;
  $("done").value = decided;
  $("tally").textContent = state.findings.length ? `${decided} of ${state.findings.length} decided, ${visible.size} shown` : "No findings";
  for (const button of all("[data-state]")) button.querySelector(".n").textContent = state.findings.filter((f) => f.state === button.dataset.state).length;
  $("bulk").disabled = !state.findings.some((f) => shows(f) && f.state !== "dismissed");
  light();
}

let asked = 0, inPanel = null; // the finding that the panel shows: what a decision is about
async function panel() {
  const mine = ++asked, f = byKey.get(current);
  let html = '<p class="dim">No finding is shown. Widen the filters above, or sign off.</p>';
  if (f) try { html = await ask(`/finding/${encodeURIComponent(f.key)}`); } catch { return; }
  if (mine !== asked) return;
  const held = $("finding").contains(document.activeElement) ? document.activeElement.dataset.act || "" : null;
  $("finding").innerHTML = html;
  inPanel = f ? f.key : null;
  const among = shown(), place = f ? among.findIndex((other) => other.key === f.key) : -1;
  $("place-of").textContent = !f ? "" : place < 0 ? "not shown by the filters" : `${place + 1} of ${among.length}`;
  const said = $("finding").querySelector(".message");
  $("told").textContent = f ? `${f.severity} ${f.check}: ${said ? said.textContent : ""}` : "No finding is shown.";
  if (held !== null) ($("finding").querySelector(`[data-act="${held}"]`) || $("panel")).focus({ preventScroll: true }); // the keyboard stays where it was
}

function go(key, scroll = true) {
  const f = byKey.get(key);
  if (!f) return;
  const other = current !== key;
  current = key;
  const linked = $("quotes-view").contains(document.activeElement); // a link that is about to be hidden
  if (!$("quotes-view").hidden) view("text");
  if (linked) { fold(false); $("panel").focus({ preventScroll: true }); }
  const tab = all("[role=tab]").find((t) => t.dataset.name === f.witness);
  if (tab && !$("rows").classList.contains("showall")) showTab(tab);
  for (const row of all(".row.now")) row.classList.remove("now");
  const row = $(`r${f.row}`);
  if (row) {
    row.classList.add("now");
    focused = row.querySelector(`.draft .seg[data-i="${f.segment}"]`) || row.querySelector(".seg");
    if (scroll) bring(row);
  }
  light();
  if (other) $("panel").scrollTop = 0;
  panel();
}

function bring(element) { // twice: the first time makes the browser lay out rows whose height it had guessed
  element.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => element.scrollIntoView({ block: "center" }));
}

function step(by) {
  const among = shown();
  if (!among.length) { current = null; panel(); return; }
  let place = among.findIndex((f) => f.key === current);
  if (place < 0) { // the finding left the list: go on from where it stood
    const order = state.findings.findIndex((f) => f.key === current);
    const after = among.findIndex((f) => state.findings.indexOf(f) > order);
    place = by > 0 ? (after < 0 ? 0 : after) : (after < 0 ? among.length : after) - 1;
  } else place += by;
  go(among[(place + among.length) % among.length].key);
}

// ---------------------------------------------------------------- counterparts

let lit = [];
function light(from) {
  for (const element of lit) element.classList.remove("lit", "sel");
  lit = [];
  if (current) for (const element of all(`[data-l~="f${CSS.escape(current)}"]`)) { element.classList.add("sel"); lit.push(element); }
  const labels = from ? from.dataset.l.split(" ").filter(Boolean) : [];
  for (const label of labels) for (const element of all(`[data-l~="${CSS.escape(label)}"]`)) { element.classList.add("lit"); lit.push(element); }
}
const labelled = (target) => { const element = target.closest && target.closest("[data-l]"); return element && element.dataset.l ? element : null; };
$("main").addEventListener("mouseover", (event) => light(labelled(event.target)));
$("main").addEventListener("mouseleave", () => light());
$("main").addEventListener("focusin", (event) => {
  const segment = event.target.closest(".seg");
  if (segment) { focused = segment; light(segment); }
});

function arrow(key) {
  const segments = (root) => all(".seg", root).filter((s) => s.offsetParent !== null);
  const here = focused && focused.isConnected ? focused : document.querySelector(".draft .seg");
  if (!here) return;
  const row = here.closest(".row"), inDraft = Boolean(here.closest(".draft"));
  let to = null;
  if (key === "ArrowLeft") to = segments(row.querySelector(".draft"))[0];
  else if (key === "ArrowRight") to = all(".wit", row).flatMap(segments)[0];
  else {
    const own = segments(here.closest(".cell")), by = key === "ArrowDown" ? 1 : -1;
    to = own[own.indexOf(here) + by];
    for (let next = row; !to && (next = by > 0 ? next.nextElementSibling : next.previousElementSibling);) {
      const found = all(inDraft ? ".draft" : ".wit", next).flatMap(segments);
      to = by > 0 ? found[0] : found[found.length - 1];
    }
  }
  if (to) { to.focus({ preventScroll: true }); to.scrollIntoView({ block: "nearest" }); }
}

// ---------------------------------------------------------------- decisions

let deciding = 0; // decisions without an answer yet
function decide(keys, verdict, reason = "") {
  if (!keys.length) return;
  deciding += 1;
  const single = keys.length === 1 && keys[0] === current, before = shown().map((f) => f.key);
  act("/decide", { keys, state: verdict, reason }).then((answer) => {
    deciding -= 1;
    if (!answer || !single || verdict === "open" || current !== keys[0]) return;
    const next = before[before.indexOf(keys[0]) + 1];
    if (next) go(next); else say("That was the last one shown.");
  });
}

let pending = [];
function dismiss(keys) {
  if (!keys.length) return;
  pending = keys;
  const f = byKey.get(keys[0]);
  $("dismiss-what").textContent = keys.length > 1 ? `All ${keys.length} findings that the filters show, with one reason.` : `${f.check}: the draft is fine here, because …`;
  $("recent").replaceChildren(...state.reasons.slice(0, 5).map((reason) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: reason });
    button.addEventListener("click", () => { $("reason").value = reason; $("reason").focus(); });
    return button;
  }));
  $("reason").value = "";
  $("dismiss").showModal();
  $("reason").focus();
}
$("dismiss").addEventListener("submit", (event) => {
  event.preventDefault();
  const reason = $("reason").value.trim();
  if (!reason) { $("reason").value = ""; $("reason").reportValidity(); return; }
  $("dismiss").close();
  decide(pending, "dismissed", reason);
});

// ---------------------------------------------------------------- the draft

function edit(segment) {
  if (state.fixed) { say(state.fixed, true); return; }
  if (!segment || !segment.dataset.words) { say("Go to a sentence of the draft first.", true); return; }
  if (unfinished()) return;
  closeEditor();
  const words = segment.dataset.words;
  const box = Object.assign(document.createElement("textarea"), { value: words, rows: 1, spellcheck: true, lang: segment.closest("[lang]").lang });
  box.setAttribute("aria-label", "Sentence of the draft: Enter checks it, Escape leaves it as it was");
  const hint = Object.assign(document.createElement("span"), { className: "hint", textContent: "Enter checks · Esc leaves as it was" });
  const holder = Object.assign(document.createElement("span"), { className: "editor" });
  holder.append(box, hint);
  const fit = () => { box.style.height = "auto"; box.style.height = `${box.scrollHeight + 2}px`; };
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") closeEditor();
    else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (box.value.trim() === words) { closeEditor(); return; }
      box.readOnly = true;
      holder.classList.add("busy");
      hint.textContent = "Checking…";
      act("/edit", { segment: Number(segment.dataset.i), before: words, after: box.value }).then((answer) => {
        if (answer) { closeEditor(); afterEdit(Number(segment.dataset.i)); return; }
        box.readOnly = false;
        holder.classList.remove("busy");
        hint.textContent = "Enter checks · Esc leaves as it was";
      });
    }
  });
  segment.hidden = true;
  segment.after(holder);
  editor = { holder, segment, box, words };
  fit();
  box.focus();
  box.setSelectionRange(words.length, words.length);
}

const typed = () => Boolean(editor) && editor.box.value !== editor.words;
function unfinished() { // typed words go nowhere unasked
  if (!typed()) return false;
  say("An edit is open. Enter checks it, Esc leaves the sentence as it was.", true);
  editor.box.focus();
  return true;
}

function closeEditor() {
  if (!editor) return;
  editor.holder.remove();
  editor.segment.hidden = false;
  const segment = editor.segment;
  focused = segment.isConnected ? segment : document.querySelector(`.draft .seg[data-i="${segment.dataset.i}"]`);
  editor = null;
  (focused || $("main")).focus({ preventScroll: true });
}

function afterEdit(index) { // stay at the sentence: its first finding that is left, else the text alone
  const left = shown().find((f) => f.segment === index);
  if (current && byKey.has(current)) go(current, false);
  else if (left) go(left.key, false);
  else panel();
}

// ---------------------------------------------------------------- what is shown

function showTab(tab) {
  for (const other of all("[role=tab]")) { const on = other === tab; other.setAttribute("aria-selected", on); other.tabIndex = on ? 0 : -1; }
  $("rows").className = `show${tab.dataset.tab}`;
}

function fold(on) { // the panel of a narrow window, down to one line
  $("panel").classList.toggle("folded", on);
  $("fold").setAttribute("aria-expanded", !on);
  $("fold").textContent = on ? "Open" : "Fold";
}
$("fold").addEventListener("click", () => { memory.folded = !$("panel").classList.contains("folded"); fold(memory.folded); });

let quotesOf = ""; // the state of things that the quote cards show
async function view(name) {
  for (const button of all("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === name);
  $("text-view").hidden = name !== "text";
  $("quotes-view").hidden = name !== "quotes";
  const now = `${state.version}.${state.number}`;
  if (name !== "quotes" || quotesOf === now) return;
  try { $("quotes").innerHTML = await ask("/quotes"); } catch { return; }
  quotesOf = now;
  paint();
}

let leaving = false;
function remember() {
  if (leaving) return;
  const tab = document.querySelector("[role=tab][aria-selected=true]");
  const off = all("[data-severity],[data-state]").map((b) => [b.dataset.severity || b.dataset.state, b.getAttribute("aria-pressed")]);
  sessionStorage.setItem("review", JSON.stringify({
    current, tab: tab && tab.id, off, check: $("by-check").value, witness: $("by-witness").value, top: $("main").scrollTop, author: $("author").value,
    said: $("said").textContent, folded: memory.folded,
  }));
}
function reload() { // what is said stays as it is now, however long the new page takes
  remember();
  leaving = true;
  location.reload();
}
addEventListener("pagehide", remember);
addEventListener("beforeunload", (event) => {
  remember();
  if (typed() && !leaving) event.preventDefault(); // the browser asks
});

for (const button of all("[data-severity],[data-state]")) button.addEventListener("click", () => {
  button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
  refilter();
});
function refilter() {
  paint();
  if (!current || !filter()(byKey.get(current))) step(1); else panel();
}
for (const id of ["by-check", "by-witness"]) $(id).addEventListener("change", refilter);
for (const tab of all("[role=tab]")) {
  tab.addEventListener("click", () => showTab(tab));
  tab.addEventListener("keydown", (event) => {
    const tabs = all("[role=tab]"), by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
    showTab(next);
    next.focus();
  });
}
for (const button of all("[data-view]")) button.addEventListener("click", () => view(button.dataset.view));
$("bulk").addEventListener("click", () => dismiss(shown().filter((f) => f.state !== "dismissed").map((f) => f.key)));
$("undo").addEventListener("click", () => act("/undo", {}));
$("save").addEventListener("click", () => act("/save", {}));
$("discard").addEventListener("click", () => act("/discard", {}));
$("sign").addEventListener("click", () => act("/sign", {}));
for (const link of all("[data-export]")) link.addEventListener("click", () => { // whoever is named here signs, whichever way the page is taken
  link.search = new URLSearchParams({ author: $("author").value.trim() });
});
$("help-button").addEventListener("click", () => $("help").showModal());
if ($("check")) $("check").addEventListener("click", () => { say("Checking everything. This can take a while."); act("/check", {}); });
for (const button of all("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
document.addEventListener("click", (event) => {
  const menu = document.querySelector(".menu[open]");
  if (menu && !event.target.closest(".menu summary")) menu.open = false;
  const to = event.target.closest("[data-go],[data-go-row],[data-go-quote],[data-act]");
  if (to && to.dataset.go) go(to.dataset.go);
  else if (to && to.dataset.goRow) { view("text"); bring($(`r${to.dataset.goRow}`)); }
  else if (to && to.dataset.goQuote) {
    view("quotes").then(() => { const card = $(`q${to.dataset.goQuote}`); card.scrollIntoView({ block: "start" }); card.focus({ preventScroll: true }); });
  }
  else if (to) perform(to.dataset.act);
  const mark = event.target.closest(".mark:not(.off)");
  if (mark) { // several findings over one word: one after the other
    const keys = shown().map((f) => f.key).filter((key) => mark.dataset.l.split(" ").includes(`f${key}`));
    if (keys.length) { fold(false); go(keys[(keys.indexOf(current) + 1) % keys.length], false); }
  } else if (event.target.closest(".draft .seg")) focused = event.target.closest(".seg");
});
document.addEventListener("dblclick", (event) => { const segment = event.target.closest(".draft .seg"); if (segment) edit(segment); });

// ---------------------------------------------------------------- keys

function perform(what) {
  const here = byKey.get(current), f = !deciding && inPanel === current ? here : null; // a key pressed again before the next one is seen decides nothing
  if (what === "next" || what === "previous") step(what === "next" ? 1 : -1);
  else if (what === "accept" && f) decide([current], "accepted");
  else if (what === "dismiss" && f) dismiss([current]);
  else if (what === "reopen" && f) decide([current], "open");
  else if (what === "edit") edit(focused && focused.isConnected && focused.closest(".draft") ? focused : here && here.segment !== null ? document.querySelector(`.draft .seg[data-i="${here.segment}"]`) : null);
}
const KEYS = {
  j: () => step(1), k: () => step(-1), a: () => perform("accept"), d: () => perform("dismiss"), e: () => perform("edit"),
  u: () => act("/undo", {}), "?": () => $("help").showModal(), q: () => view($("quotes-view").hidden ? "quotes" : "text"),
  w: () => { const tabs = all("[role=tab]"); if (tabs.length) showTab(tabs[(tabs.findIndex((t) => t.getAttribute("aria-selected") === "true") + 1) % tabs.length]); },
};
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); if (!$("save").disabled) act("/save", {}); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || event.target.closest("input,textarea,select")) return;
  const menu = document.querySelector(".menu[open]");
  if (event.key === "Escape" && menu) { menu.open = false; menu.querySelector("summary").focus(); }
  if (event.repeat && "adu".includes(event.key)) return; // a key held down decides once
  if (KEYS[event.key] && $("single-keys").checked) { event.preventDefault(); KEYS[event.key](); }
  else if (event.key.startsWith("Arrow") && !event.target.closest("[role=tab],aside") && $("quotes-view").hidden) { event.preventDefault(); arrow(event.key); }
});
$("single-keys").checked = localStorage.getItem("single-keys") !== "off";
$("single-keys").addEventListener("change", () => localStorage.setItem("single-keys", $("single-keys").checked ? "on" : "off"));

// ---------------------------------------------------------------- begin, and look for what others did

async function look() {
  if (document.hidden || editor || writes || leaving) return;
  const known = `${state.version}.${state.number}`, answer = await ask(`/state?known=${known}`);
  if (!answer.findings || editor || writes || known !== `${state.version}.${state.number}`) return; // an answer of our own came between
  if (answer.version !== state.version) { reload(); return; }
  know(answer);
}
(async function begin() {
  const first = await ask("/state");
  if (memory.author) $("author").value = memory.author;
  for (const [name, on] of memory.off || []) for (const b of all(`[data-severity="${name}"],[data-state="${name}"]`)) b.setAttribute("aria-pressed", on);
  if (memory.check) $("by-check").value = memory.check;
  if (memory.witness) $("by-witness").value = memory.witness;
  fold(memory.folded ?? matchMedia("(max-width: 42rem)").matches); // the first screen of a phone shows the draft
  const tab = memory.tab && $(memory.tab);
  if (tab) showTab(tab);
  know(first);
  const place = memory.current && byKey.has(memory.current) ? memory.current : (shown()[0] || {}).key;
  if (place) go(place, Boolean(memory.current)); else panel();
  if (memory.top) $("main").scrollTop = memory.top;
  if (memory.said) say(memory.said);
  document.documentElement.dataset.ready = "yes";
  performance.mark("usable");
  setInterval(() => look().catch(() => null), 2500);
})();
