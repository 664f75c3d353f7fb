"use strict";
/* A report that answers: point at a cell to see its relations, try another figure and see which of them hold. */
(() => {
  const articles = [...document.querySelectorAll("article[data-report]")].filter((a) => a.querySelector("script.trial"));
  const wordData = document.getElementById("words");
  if (!articles.length || !wordData) return;
  const words = JSON.parse(wordData.textContent);
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  /* Elements are made by hand: no text of a report is ever read as HTML. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }
  const button = (text, act, kind) => make("button", { type: "button", class: kind || null, on: { click: act } }, text);

  const trialBox = make("div", { class: "tried", hidden: true });
  const cellBox = make("div", { class: "about" }, make("p", { class: "empty" }, say("try-empty")));
  const panel = make("aside", { class: "panel", "aria-label": say("try-panel") }, trialBox, cellBox);
  const live = make("div", { class: "sr", role: "status", "aria-live": "polite" });
  document.body.append(panel, live);
  document.documentElement.classList.add("panelled");

  function openReport(article) {
    const id = article.dataset.report;
    const shared = JSON.parse(article.querySelector("script.shared").textContent);
    const own = JSON.parse(article.querySelector("script.trial").textContent);
    const named = [...shared.cells, ...own.more];
    const spots = named.map(([address]) => document.getElementById(`${id}-${address}`));
    const special = new Map(own.cells.map(([index, ...shown]) => [index, shown]));
    // Most cells are just what the table shows of them.
    const shows = (spot) => (spot ? ["number", (spot.querySelector(".v") || spot).textContent] : ["missing", null]);
    const data = { ...shared, problems: own.problems, claims: own.claims };
    data.cells = named.map(([address, name], index) => {
      const [state, value, raw = value || ""] = special.get(index) || shows(spots[index]);
      return [address, name, state, value, raw, own.places[index] || ""];
    });
    const verdicts = new Map(own.verdicts.map(([number, ...found]) => [number, found]));
    const held = shared.relations.map(([rule, ...rest], number) => [shared.rules[rule], ...rest, ...(verdicts.get(number) || ["holds", ""])]);
    data.relations = [...held, ...own.relations];
    const printed = data.cells.map(([, , state, value]) => ({ state, figure: value === null ? null : gouji.parse(value) }));
    const cells = printed.slice();
    const shapes = data.relations.map(([, , left, relation, right]) => [left, relation, right]);
    const inside = data.cells.map(() => []);
    shapes.forEach(([left, , right], number) => {
      for (const index of new Set([...left, ...right].map((term) => term[1]))) if (index >= 0) inside[index].push(number);
    });
    const judge = () => gouji.evaluate(shapes, data.totals, cells);
    let now = judge();
    // A relation that this page would judge otherwise than the check did is shown as the check judged it.
    const settled = data.relations.map(([, , , , , verdict], number) => now[number].verdict === verdict);
    const verdictOf = (number) => (settled[number] ? now[number].verdict : data.relations[number][5]);
    const atFirst = data.relations.map((_, number) => verdictOf(number));
    const past = [];
    const indexOf = new Map(spots.map((spot, index) => [spot, index]));
    return { article, id, data, printed, cells, spots, shapes, inside, judge, verdictOf, atFirst, past, indexOf,
      get now() { return now; }, work() { now = judge(); } };
  }
  const reports = articles.map(openReport);
  const reportOf = (spot) => reports.find((report) => report.article.contains(spot));

  /* --- what cells say --- */
  const textOf = (cell) => (cell.state === "number" ? gouji.write(cell.figure) : "");
  const wordOf = (cell) => (cell.state === "number" ? gouji.write(cell.figure) : say(`try-${cell.state.replace("_", "-")}`));
  const isTried = (report, index) => report.cells[index] !== report.printed[index];

  function writeSide(report, terms, figure) {
    const shown = terms
      .map(([factor, index]) => ({ factor, index, cell: index < 0 ? null : report.cells[index] }))
      .filter(({ cell }, _, all) => !cell || all.length <= 3 || (cell.state === "number" && cell.figure !== 0n));
    const parts = shown.map(({ factor, cell }) => {
      if (!cell) return String(factor);
      const text = cell.state === "number" ? gouji.write(cell.figure) : cell.state === "missing" || cell.state === "unreadable" ? "?" : "□";
      return factor === 1 ? text : factor === -1 ? `-${text}` : `${factor}×${text}`;
    });
    const sum = parts.join("+").replace(/\+-/g, "-");
    if (parts.length < 2) return parts[0] || (figure === null ? "□" : gouji.write(figure));
    return figure === null ? sum : `${sum} = ${gouji.write(figure)}`;
  }

  function light(report, indices, on) {
    for (const index of indices) if (report.spots[index]) report.spots[index].classList.toggle("lit", on);
  }
  function darken() {
    for (const spot of document.querySelectorAll(".lit")) spot.classList.remove("lit");
  }
  const members = (report, number) => {
    const [left, , right] = report.shapes[number];
    return [...new Set([...left, ...right].map((term) => term[1]))].filter((index) => index >= 0);
  };

  function relationItem(report, number) {
    const [rule, about, left, relation, right, , reason] = report.data.relations[number];
    const verdict = report.verdictOf(number);
    const found = report.now[number];
    const sign = { "=": ["=", "≠"], "<=": ["≤", "＞"], ">=": ["≥", "＜"] }[relation][verdict === "broken" ? 1 : 0];
    const delta = verdict === "broken" && found.left !== null && found.right !== null ? found.left - found.right : 0n;
    const told = {
      holds: ["✓", say("rule-holds")],
      broken: ["×", say("try-broken", { delta: gouji.write(delta < 0n ? -delta : delta) })],
      not_assessed: ["?", say("try-unassessed", { reason: report.data.reasons[found.reason || reason] || reason })],
    }[verdict];
    return make("li", { class: `relation ${verdict}`, on: {
      mouseenter: () => { darken(); light(report, members(report, number), true); },
      mouseleave: () => { darken(); lightBroken(report, shown.index); },
    } },
      make("p", { class: "rule" }, rule, make("span", { class: "of" }, about)),
      make("p", { class: "sides" },
        make("span", {}, writeSide(report, left, found.left)), make("b", {}, ` ${sign} `),
        make("span", {}, writeSide(report, right, found.right))),
      make("p", { class: "came" }, make("b", { "aria-hidden": "true" }, `${told[0]} `), told[1]));
  }

  function lightBroken(report, index) {
    if (index === null || !report) return;
    for (const number of report.inside[index]) if (report.verdictOf(number) === "broken") light(report, members(report, number), true);
  }

  /* --- the panel --- */
  let shown = { report: null, index: null };
  let pinned = { report: null, index: null };

  function showCell(report, index) {
    shown = { report, index };
    darken();
    lightBroken(report, index);
    const [address, name, , , raw, place] = report.data.cells[index];
    const cell = report.cells[index];
    const order = { broken: 0, not_assessed: 1, holds: 2 };
    const numbers = report.inside[index].slice().sort((a, b) => order[report.verdictOf(a)] - order[report.verdictOf(b)]);
    const facts = make("dl", {},
      make("dt", {}, say("try-raw")), make("dd", {}, raw.trim() ? make("q", {}, raw.trim().slice(0, 200)) : say(`try-${report.printed[index].state === "missing" ? "missing" : "blank"}`)));
    if (place) facts.append(make("dt", {}, say("try-place")), make("dd", {}, place));
    const proposal = report.article.querySelector(`[data-changes^="${address}="]`);
    const value = proposal ? proposal.dataset.changes.trim().split(" ")[0].split("=")[1] : null;
    const acts = make("p", { class: "acts" },
      value !== null && textOf(cell) !== value ? button(say("try-accept", { value }), () => change(report, [[index, value]]), "accept") : null,
      report.spots[index] ? button(say("try-edit"), () => edit(report, index)) : null,
      isTried(report, index) ? button(say("try-reset"), () => change(report, [[index, report.printed[index]]])) : null);
    const problems = report.data.problems.filter(([, own]) => own.includes(index)).map(([id]) => document.getElementById(`${id}-h`)).filter(Boolean);
    const claims = report.data.claims.filter(([anchor, , , own]) => anchor && own.includes(index));
    cellBox.replaceChildren(
      button("×", closePanel, "close"),
      make("h2", {}, name),
      make("p", { class: "figure" }, wordOf(cell), isTried(report, index) ? make("small", {}, ` ${say("try-was", { value: wordOf(report.printed[index]) })}`) : null),
      facts, acts,
      make("h3", {}, say("try-relations")),
      numbers.length ? make("ul", { class: "relations" }, ...numbers.map((number) => relationItem(report, number))) : make("p", { class: "empty" }, say("try-none")));
    if (problems.length) {
      cellBox.append(make("h3", {}, say("try-problems")), make("ul", { class: "ways" }, ...problems.map((heading) =>
        make("li", {}, make("a", { href: `#${heading.id.slice(0, -2)}` }, heading.textContent.trim())))));
    }
    if (claims.length) {
      cellBox.append(make("h3", {}, say("try-claims")), make("ul", { class: "ways" }, ...claims.map(([anchor, state, span]) =>
        make("li", {}, make("a", { href: `#${anchor}`, class: `claim ${state}` }, span)))));
    }
    cellBox.querySelector(".close").setAttribute("aria-label", say("try-close"));
    panel.classList.add("open");
  }

  function pin(report, index) {
    pinned = { report, index };
    for (const spot of document.querySelectorAll("td.pinned")) spot.classList.remove("pinned");
    if (report && report.spots[index]) report.spots[index].classList.add("pinned");
    if (report) showCell(report, index);
  }

  function closePanel() {
    const { report, index } = pinned;
    if (report && report.spots[index]) report.spots[index].focus({ preventScroll: true });
    pin(null, null);
    shown = { report: null, index: null };
    darken();
    panel.classList.remove("open");
    cellBox.replaceChildren(make("p", { class: "empty" }, say("try-empty")));
  }

  /* --- trying figures --- */
  function change(report, changes) {
    const step = changes.map(([index, wanted]) => ({ index, before: report.cells[index], after: typeof wanted === "string" ? gouji.read(wanted) : wanted }));
    for (const { index, after } of step) {
      const first = report.printed[index];
      report.cells[index] = after.state === first.state && after.figure === first.figure ? first : after;
    }
    report.past.push(step);
    settle(report, step.map(({ index }) => index));
  }

  function undo(report) {
    const step = report.past.pop();
    if (!step) return;
    for (const { index, before } of step.slice().reverse()) report.cells[index] = before;
    settle(report, step.map(({ index }) => index));
  }

  function clear(report) {
    report.past.length = 0;
    const changed = report.cells.map((_, index) => index).filter((index) => isTried(report, index));
    for (const index of changed) report.cells[index] = report.printed[index];
    settle(report, changed);
  }

  function settle(report, changed) {
    report.work();
    for (const index of changed) drawCell(report, index);
    const touched = new Set();
    report.shapes.forEach((_, number) => {
      if (report.verdictOf(number) === "broken") for (const index of members(report, number)) touched.add(index);
    });
    const tried = triedCells(report).length > 0;
    report.spots.forEach((spot, index) => {
      if (!spot) return;
      spot.classList.toggle("touched", touched.has(index));
      spot.classList.toggle("settled", tried && !touched.has(index) && report.inside[index].some((number) =>
        report.atFirst[number] !== "holds" && report.verdictOf(number) === "holds"));
    });
    for (const [id, own] of report.data.problems) {
      const numbers = report.atFirst.map((verdict, number) => (verdict === "broken" ? number : -1))
        .filter((number) => number >= 0 && members(report, number).every((index) => own.includes(index)));
      const card = document.getElementById(id);
      const mended = numbers.length > 0 && numbers.every((number) => report.verdictOf(number) === "holds");
      card.classList.toggle("is-mended", mended);
      card.querySelector(".mended").hidden = !mended;
    }
    drawTrial(report);
    if (shown.report === report && shown.index !== null) showCell(report, shown.index);
  }

  function drawCell(report, index) {
    const spot = report.spots[index];
    if (!spot) return;
    if (!spot.keptNodes) spot.keptNodes = [...spot.childNodes];
    const tried = isTried(report, index);
    spot.classList.toggle("tried-cell", tried);
    if (tried) {
      spot.replaceChildren(make("ins", {}, textOf(report.cells[index]) || "□"), make("del", {}, textOf(report.printed[index]) || "□"));
    } else spot.replaceChildren(...spot.keptNodes);
  }

  const triedCells = (report) => report.cells.map((_, index) => index).filter((index) => isTried(report, index));

  function writeChanges(report) {
    const heading = report.article.querySelector("header [id]").textContent.trim().replace(/\s+/g, " ");
    return [heading, ...triedCells(report).map((index) =>
      say("try-change", { cell: report.data.cells[index][1], before: wordOf(report.printed[index]), after: wordOf(report.cells[index]) }))].join("\n");
  }

  function drawTrial(report) {
    const tried = triedCells(report);
    trialBox.hidden = !tried.length && !report.past.length;
    document.documentElement.classList.toggle("trying", !trialBox.hidden);
    const counts = { holds: 0, broken: 0, not_assessed: 0 };
    let mended = 0;
    let spoilt = 0;
    report.shapes.forEach((_, number) => {
      const verdict = report.verdictOf(number);
      counts[verdict] += 1;
      if (verdict === "holds" && report.atFirst[number] !== "holds") mended += 1;
      if (verdict === "broken" && report.atFirst[number] !== "broken") spoilt += 1;
    });
    const summary = say("try-summary", { count: tried.length, held: counts.holds, broken: counts.broken, open: counts.not_assessed });
    const turned = say("try-turned", { mended, spoilt });
    const note = make("div", { class: "copied" });
    trialBox.replaceChildren(
      make("p", { class: counts.broken ? "sum" : "sum sound" }, make("b", {}, summary)), make("p", {}, turned),
      make("p", { class: "acts" },
        button(say("try-undo"), () => undo(report)), button(say("try-copy"), () => copy(writeChanges(report), note)),
        button(say("try-clear"), () => clear(report))), note);
    live.textContent = `${summary}. ${turned}.`;
  }

  async function copy(text, note) {
    try {
      await navigator.clipboard.writeText(text);
      note.replaceChildren(say("try-copied"));
      live.textContent = say("try-copied");
    } catch {
      const area = make("textarea", { readonly: true, rows: "4", "aria-label": say("try-by-hand") });
      area.value = text;
      note.replaceChildren(make("p", {}, say("try-by-hand")), area);
      area.select();
    }
  }

  /* --- editing in the table --- */
  function edit(report, index, begin) {
    const spot = report.spots[index];
    if (!spot || spot.querySelector("input")) return;
    pin(report, index);
    const before = textOf(report.cells[index]);
    const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": `${say("try-figure")}: ${report.data.cells[index][1]}` });
    input.value = begin === undefined ? before : begin;
    const nodes = [...spot.childNodes];
    let done = false;
    const finish = (keep, stay) => {
      if (done) return;
      done = true;
      spot.replaceChildren(...nodes);
      const wanted = gouji.read(input.value);
      if (keep && wanted === null) live.textContent = say("try-not-a-number", { text: input.value });
      else if (keep && input.value !== before) change(report, [[index, input.value]]);
      if (stay) spot.focus();
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") { event.preventDefault(); finish(true, true); }
      if (event.key === "Escape") { event.preventDefault(); finish(false, true); }
      if (event.key === "Tab") finish(true, true);
    });
    input.addEventListener("input", () => input.classList.toggle("wrong", gouji.read(input.value) === null));
    input.addEventListener("blur", () => finish(true, false));
    spot.replaceChildren(input);
    input.focus();
    if (begin === undefined) input.select();
  }

  /* --- tables: one stop for the Tab key each, arrows inside --- */
  function gridOf(table) {
    const rows = [...table.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("td.f")]).filter((row) => row.length);
    return rows;
  }
  for (const table of document.querySelectorAll("table[data-grid]")) {
    const rows = gridOf(table);
    table.setAttribute("role", "grid");
    const spots = rows.flat();
    spots.forEach((spot) => { spot.tabIndex = -1; });
    const first = spots.find((spot) => spot.matches(".suspect, .perhaps, .sum, .odd")) || spots[0];
    if (first) first.tabIndex = 0;
    const report = reportOf(table);
    table.addEventListener("focusin", (event) => {
      const spot = event.target.closest("td.f");
      if (!spot) return;
      spots.forEach((other) => { other.tabIndex = other === spot ? 0 : -1; });
      if (pinned.index !== report.indexOf.get(spot)) pin(report, report.indexOf.get(spot));
    });
    table.addEventListener("mouseover", (event) => {
      const spot = event.target.closest("td.f");
      // Where the panel would cover the page, pointing alone does not open it.
      const room = panel.classList.contains("open") || matchMedia("(hover: hover) and (min-width: 1180px)").matches;
      if (spot && room && !table.querySelector("input")) showCell(report, report.indexOf.get(spot));
    });
    table.addEventListener("mouseleave", () => {
      if (pinned.report) showCell(pinned.report, pinned.index);
    });
    table.addEventListener("click", (event) => {
      const spot = event.target.closest("td.f");
      if (spot && !spot.querySelector("input")) { spot.focus(); pin(report, report.indexOf.get(spot)); }
    });
    table.addEventListener("dblclick", (event) => {
      const spot = event.target.closest("td.f");
      if (spot) edit(report, report.indexOf.get(spot));
    });
    table.addEventListener("keydown", (event) => {
      const spot = event.target.closest("td.f");
      if (!spot || event.target !== spot) return;
      const row = rows.findIndex((some) => some.includes(spot));
      const column = rows[row].indexOf(spot);
      const last = rows.length - 1;
      const goals = {
        ArrowRight: () => rows[row][column + 1], ArrowLeft: () => rows[row][column - 1],
        ArrowDown: () => row < last && rows[row + 1][Math.min(column, rows[row + 1].length - 1)],
        ArrowUp: () => row > 0 && rows[row - 1][Math.min(column, rows[row - 1].length - 1)],
        Home: () => (event.ctrlKey ? rows[0][0] : rows[row][0]),
        End: () => (event.ctrlKey ? rows[last][rows[last].length - 1] : rows[row][rows[row].length - 1]),
      };
      if (event.key in goals) {
        event.preventDefault();
        const goal = goals[event.key]();
        if (goal) goal.focus();
      } else if (event.key === "Enter" || event.key === "F2") {
        event.preventDefault();
        edit(report, report.indexOf.get(spot));
      } else if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        edit(report, report.indexOf.get(spot), event.key);
      } else if ((event.ctrlKey || event.metaKey) && event.key === "z") {
        event.preventDefault();
        undo(report);
      } else if (event.key === "Escape") closePanel();
    });
  }

  /* --- from problems and prose to cells --- */
  for (const card of document.querySelectorAll("[data-problem]")) {
    const report = reportOf(card);
    if (!report) continue;
    const own = (report.data.problems.find(([id]) => id === card.id) || [0, []])[1];
    card.addEventListener("mouseenter", () => light(report, own, true));
    card.addEventListener("mouseleave", () => { darken(); lightBroken(shown.report, shown.index); });
  }
  document.addEventListener("click", (event) => {
    const accept = event.target.closest("[data-act=accept]");
    if (accept) {
      const report = reportOf(accept);
      const changes = accept.dataset.changes.trim().split(" ").map((pair) => pair.split("="));
      const known = changes.map(([address, value]) => [report.data.cells.findIndex((cell) => cell[0] === address), value]).filter(([index]) => index >= 0);
      if (!known.length) return;
      change(report, known);
      pin(report, known[0][0]);
      return;
    }
    const link = event.target.closest("a[href^='#']");
    if (link) arrive(link.getAttribute("href"), event);
  });
  function arrive(hash, event) {
    let id = hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {}
    const target = document.getElementById(id);
    if (!target) return;
    if (target.matches("td.f")) {
      if (event) { event.preventDefault(); history.replaceState(null, "", hash); }
      target.scrollIntoView({ block: "center", inline: "center" });
      target.focus({ preventScroll: true });
      target.classList.remove("arrived");
      void target.offsetWidth;
      target.classList.add("arrived");
    }
  }
  const first = document.querySelector("td.suspect, td.sum, td.perhaps, td.odd");
  if (first && matchMedia("(min-width: 1180px)").matches) {
    const report = reportOf(first);
    showCell(report, report.indexOf.get(first));
    panel.classList.remove("open");
  }
  if (location.hash) arrive(location.hash);
  for (const hidden of document.querySelectorAll(".script")) hidden.classList.add("works");
})();
