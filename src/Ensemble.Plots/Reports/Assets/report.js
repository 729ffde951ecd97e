'use strict';
// Sorting of tables, and what the points of figures say. The page can be read without either.

// A click on a heading, or Enter or Space on it, sorts by its column; once more turns the order round.
function sortTable(table, heads, column) {
  const order = heads[column].getAttribute('aria-sort') === 'ascending' ? -1 : 1;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({ row, key: keyOf(row.cells[column]) }));
  rows.sort((a, b) => compare(a.key, b.key, order));
  body.append(...rows.map((entry) => entry.row));
  heads.forEach((head, index) => head.setAttribute('aria-sort', index === column ? (order > 0 ? 'ascending' : 'descending') : 'none'));
  document.getElementById('said').textContent = `sorted by ${heads[column].textContent}, ${order > 0 ? 'ascending' : 'descending'}`;
}

// A number, a text, or null for what is not there.
function keyOf(cell) {
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
  return cell.classList.contains('number') ? null : cell.textContent.trim();
}

// What is not there stays at the end in either order.
function compare(a, b, order) {
  if (a === null || b === null) return (a === null) - (b === null);
  return order * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }));
}

for (const table of document.querySelectorAll('table.sortable')) {
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => sortTable(table, heads, column)));
}

// One box for all points, beside the one that is pointed at or has the keyboard.
const tip = document.getElementById('tip');

function show(point) {
  tip.textContent = point.getAttribute('aria-label');
  tip.hidden = false;
  const at = point.getBoundingClientRect();
  const box = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left + at.width / 2 - box.width / 2), document.documentElement.clientWidth - box.width - 8);
  const above = at.top - box.height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above >= 8 ? above : at.bottom + 8}px`;
}

function hide() {
  tip.hidden = true;
}

// Arrow keys go through the points of a figure; only the one that was last visited is a stop of the Tab key.
function move(points, from, key) {
  const steps = { ArrowRight: from + 1, ArrowDown: from + 1, ArrowLeft: from - 1, ArrowUp: from - 1, Home: 0, End: points.length - 1 };
  const to = Math.min(Math.max(steps[key], 0), points.length - 1);
  points[from].setAttribute('tabindex', '-1');
  points[to].setAttribute('tabindex', '0');
  points[to].focus();
}

for (const group of document.querySelectorAll('g.points')) {
  const points = Array.from(group.children);
  points.forEach((point, index) => {
    point.addEventListener('mouseenter', () => show(point));
    point.addEventListener('mouseleave', hide);
    point.addEventListener('focus', () => show(point));
    point.addEventListener('blur', hide);
    point.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') hide();
      if (!['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
      event.preventDefault();
      move(points, index, event.key);
    });
  });
}

window.addEventListener('scroll', hide, { passive: true, capture: true });

// What is folded away is part of a printed page.
window.addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
