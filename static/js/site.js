/* Small improvements; every page works without them. */
"use strict";

/* The tile map has 290 links. One of them is in the tab order; arrow keys move to its neighbours. */
function enableTileMap(map) {
  const links = [...map.querySelectorAll("a")];
  if (!links.length || map.dataset.tileMap === "ready") return;
  map.dataset.tileMap = "ready";
  const place = new Map(links.map((link) => {
    const tile = link.querySelector("rect");
    return [link, { x: Number(tile.getAttribute("x")), y: Number(tile.getAttribute("y")) }];
  }));
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function makeCurrent(link) {
    links.forEach((other) => other.setAttribute("tabindex", other === link ? "0" : "-1"));
  }

  /* The nearest tile in the direction of the key; tiles straight ahead are preferred. */
  function neighbour(link, [stepX, stepY]) {
    const from = place.get(link);
    let nearest = null;
    let shortest = Infinity;
    for (const [other, to] of place) {
      const ahead = (to.x - from.x) * stepX + (to.y - from.y) * stepY;
      const aside = Math.abs((to.x - from.x) * stepY) + Math.abs((to.y - from.y) * stepX);
      const distance = ahead + 3 * aside;
      if (ahead > 0 && distance < shortest) [nearest, shortest] = [other, distance];
    }
    return nearest;
  }

  /* Sighted keyboard users see the name that the browser shows only on hover. The listeners sit on
     the frame, since a focus listener makes an SVG element focusable itself in Chromium. */
  const frame = map.parentElement;
  const name = frame.querySelector(".tile-map__name");
  function showName(event) {
    const link = event.target.closest("[data-tile-map] a");
    if (name) name.textContent = link ? link.querySelector("title").textContent : "";
  }

  makeCurrent(map.querySelector("a:has(.t-on)") || links[0]);
  frame.addEventListener("focusin", showName);
  frame.addEventListener("pointerover", showName);
  map.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    const next = steps[event.key] && link && neighbour(link, steps[event.key]);
    if (!next) return;
    event.preventDefault();
    makeCurrent(next);
    next.focus();
  });
}

/* A form that has been sent is not sent again by a second click; data-repeatable is for downloads. */
function sendOnce(event) {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || form.method !== "post" || "repeatable" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  button.setAttribute("aria-busy", "true");
  if (button.dataset.busyLabel) button.textContent = button.dataset.busyLabel;
}

/* A page that comes back from the browser's memory must be usable again. */
function resetForms(event) {
  if (event.persisted && document.querySelector("form[data-sent]")) window.location.reload();
}

/* In the meeting room forms are sent by htmx, so that a lost connection leaves what was typed. */
function tellOfConnection(event) {
  const notice = document.getElementById("rum-avbrott");
  if (notice) notice.hidden = event.type !== "htmx:sendError";
}

/* When the meeting goes on, its forms are drawn anew: what was being written, chosen or ticked goes
   back into the same field, or a text into a box of its own when that field is gone. */
const REDRAWN = ["rum-rost", "rum-gor", "rum-sida"];
const written = new Map();

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}

/* What a field is in: the same form about the same matter, whatever its place on the page. */
function fieldKey(field) {
  const form = field.form;
  const about = [...form.querySelectorAll("input[type=hidden]:not([name=csrfmiddlewaretoken])")];
  const alike = [...form.elements].filter((other) => other.name === field.name);
  const which = isTick(field) ? field.value : alike.indexOf(field);
  const parts = about.map((hidden) => `${hidden.name}=${hidden.value}`);
  return [form.getAttribute("action"), ...parts, field.name, which].join("\n");
}

function isChanged(field) {
  if (isTick(field)) return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const usual = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(usual, 0);
}

function fieldsOf(part) {
  const fields = part.querySelectorAll("textarea, select, input:not([type=hidden])");
  return [...fields].filter((field) => field.form);
}

function keepWritten(event) {
  const part = event.detail.target;
  if (!REDRAWN.includes(part?.id)) return;
  for (const field of fieldsOf(part).filter(isChanged)) {
    written.set(fieldKey(field), {
      value: isTick(field) ? field.checked : field.value,
      isText: !isTick(field) && field.tagName !== "SELECT",
    });
  }
}

function putBack(field, kept) {
  if (isTick(field)) field.checked = kept.value;
  else field.value = kept.value;
  const fold = field.closest("details");
  if (fold) fold.open = true;
}

function restoreWritten() {
  if (!written.size) return;
  for (const part of REDRAWN.map((id) => document.getElementById(id)).filter(Boolean)) {
    for (const field of fieldsOf(part)) {
      const key = fieldKey(field);
      if (!written.has(key)) continue;
      putBack(field, written.get(key));
      written.delete(key);
    }
  }
  const lost = [...written.values()].filter((kept) => kept.isText).map((kept) => kept.value);
  written.clear();
  const box = document.getElementById("rum-kvar");
  if (!lost.length || !box) return;
  box.hidden = false;
  box.querySelector("textarea").value = lost.join("\n\n");
}

/* The agenda's items can be dragged; the buttons Up and Down do the same without a mouse. */
let dragged = null;

function startDrag(event) {
  dragged = event.target.closest?.("[data-drag] > li");
  if (dragged) event.dataTransfer.effectAllowed = "move";
}

function overDrag(event) {
  if (dragged && event.target.closest("[data-drag] > li")) event.preventDefault();
}

function dropDrag(event) {
  const target = event.target.closest?.("[data-drag] > li");
  const from = dragged;
  dragged = null;
  if (!from || !target || from === target || from.parentElement !== target.parentElement) return;
  event.preventDefault();
  const rows = [...from.parentElement.children];
  const form = from.querySelector("form");
  if (!form) return;
  form.querySelector("[name=steg]").value = rows.indexOf(target) - rows.indexOf(from);
  // A click, for htmx sends the name of the button that was clicked and no other.
  form.querySelector("[value=flytta]").click();
}

document.addEventListener("dragstart", startDrag);
document.addEventListener("dragover", overDrag);
document.addEventListener("drop", dropDrag);
document.addEventListener("htmx:oobBeforeSwap", keepWritten);
document.addEventListener("htmx:afterSettle", restoreWritten);
document.addEventListener("htmx:sendError", tellOfConnection);
document.addEventListener("htmx:afterOnLoad", tellOfConnection);
document.querySelectorAll("[data-tile-map]").forEach(enableTileMap);
document.addEventListener("htmx:load", (event) => {
  event.target.querySelectorAll?.("[data-tile-map]").forEach(enableTileMap);
});
document.addEventListener("submit", sendOnce);
window.addEventListener("pageshow", resetForms);
