"use strict";
// Counterparts share a label in data-l: pointing at one, or focusing it, lights the others.
const byLabel = new Map();
for (const element of document.querySelectorAll("[data-l]"))
  for (const label of element.dataset.l.split(" ").filter(Boolean)) {
    if (!byLabel.has(label)) byLabel.set(label, []);
    byLabel.get(label).push(element);
  }
let lit = [];
function light(from) {
  for (const element of lit) element.classList.remove("lit");
  const labels = from ? from.dataset.l.split(" ").filter(Boolean) : [];
  lit = labels.flatMap((label) => byLabel.get(label) || []);
  for (const element of lit) element.classList.add("lit");
}
const labelled = (target) => (target instanceof Element ? target.closest('[data-l]:not([data-l=""])') : null);
document.addEventListener("mouseover", (event) => light(labelled(event.target)));
document.addEventListener("focusin", (event) => light(labelled(event.target)));
document.addEventListener("focusout", () => light(null));

// The table is one tab stop; arrows move up and down a column, left and right along a row.
const segments = [...document.querySelectorAll(".seg")];
if (segments[0]) segments[0].tabIndex = 0;
document.addEventListener("keydown", (event) => {
  const here = document.activeElement;
  if (!here || !here.classList.contains("seg") || event.altKey || event.ctrlKey || event.metaKey) return;
  const cell = here.closest("td"), column = cell.cellIndex;
  let next = null;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const same = segments.filter((s) => s.closest("td").cellIndex === column);
    next = same[same.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    const step = event.key === "ArrowRight" ? 1 : -1, cells = cell.parentElement.cells;
    for (let i = column + step; i >= 0 && i < cells.length && !next; i += step) next = cells[i].querySelector(".seg");
  } else return;
  event.preventDefault();
  if (!next) return;
  here.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// Severities can be hidden.
for (const button of document.querySelectorAll("[data-show]"))
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
    const hidden = new Set([...document.querySelectorAll('[data-show][aria-pressed="false"]')].map((b) => b.dataset.show));
    for (const finding of document.querySelectorAll(".finding")) finding.hidden = hidden.has(finding.dataset.severity);
    for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector(".finding:not([hidden])");
  });
