"use strict";
// The overview: filters whose state stands in the address, and words for the box that is pointed at. Without this
// script all of it is there as a table.
(() => {
  const box = document.getElementById("filters");
  const map = document.getElementById("map");
  const shown = document.getElementById("shown");
  const told = document.getElementById("told");
  // What is folded would be missing on paper.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    for (const line of document.querySelectorAll(".date:first-of-type")) line.dataset.printed = "1";
  });
  if (!box || !map || !shown) return;
  const words = JSON.parse(document.getElementById("words").textContent);
  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (open, name) => values[name] ?? open);
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const controls = [...box.querySelectorAll("input, select")];
  const rules = box.querySelector("[name=r]");
  const years = [...map.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
  const list = map.tBodies[0];
  const titles = [...rules.options].filter((one) => one.value).map((one) => ({ rule: one.value, title: fold(one.text) }));

  const bodies = [...list.rows].map((item) => ({
    item,
    name: fold(item.cells[0].textContent),
    slots: [...item.cells].slice(1).map((slot, at) => ({
      slot,
      year: years[at],
      missing: slot.classList.contains("m"),
      gap: slot.classList.contains("g") || slot.classList.contains("d"),
      reports: [...slot.children].map((link) => ({
        state: link.className === "warned" ? "passed" : link.className,
        progress: link.dataset.p ? link.dataset.p.split(" ") : [],
        marks: link.dataset.m ? link.dataset.m.split(" ") : [],
        counts: link.dataset.n.split(","),
      })),
    })),
  }));

  const which = { e: 0, w: 1, n: 2 };
  const fits = (report, want, gap) =>
    (!want.s || (want.s === "gap" ? gap : report.state === want.s || report.progress.includes(want.s))) &&
    (!want.v || (want.r ? true : report.counts[which[want.v]] !== "0")) &&
    (!want.r ||
      report.marks.some((mark) => (!want.v || mark[0] === want.v) && mark.slice(1) === want.r));

  const read = () => Object.fromEntries(controls.map((control) => [control.name, control.value]));

  const show = () => {
    const want = read();
    const wanted = want.q.trim().split(/\s+/).map(fold).filter(Boolean).map((word) => ({
      word,
      rules: titles.filter(({ title }) => title.includes(word)).map(({ rule }) => rule),
    }));
    const narrow = Boolean(want.y || want.s || want.v || want.r);
    let count = 0;
    let reports = 0;
    for (const body of bodies) {
      let any = false;
      // A word that is not in the name may be one of the titles of what is wrong in a report.
      const open = wanted.filter(({ word }) => !body.name.includes(word));
      const has = (report) => open.every((one) => report.marks.some((mark) => one.rules.includes(mark.slice(1))));
      for (const { slot, year, missing, gap, reports: own } of body.slots) {
        const fitting = own.filter((report) => fits(report, want, gap) && has(report)).length;
        const here =
          (!want.y || year === want.y) && (own.length ? fitting > 0 : missing && want.s === "missing" && !want.v && !want.r && !open.length);
        slot.classList.toggle("off", (narrow || open.length > 0) && !here && slot.classList.contains("c"));
        if (here) {
          any = true;
          reports += fitting;
        }
      }
      body.item.hidden = !any && (narrow || open.length > 0);
      count += body.item.hidden ? 0 : 1;
    }
    const filled = { bodies: count, reports };
    shown.textContent = count ? shown.dataset.text.replace(/\{(\w+)\}/g, (_, key) => filled[key]) : shown.dataset.none;
  };

  let order = "";
  const sort = () => {
    const wanted = read().o;
    if (wanted === order) return;
    order = wanted;
    const sorted = order ? [...bodies].sort((one, other) => one.name.localeCompare(other.name, "zh")) : bodies;
    list.append(...sorted.map((body) => body.item));
  };

  // The address keeps what was chosen, so that a way back from a report leads to the same rows. Rules go by their id.
  const remember = () => {
    const want = read();
    if (want.r) want.r = rules.selectedOptions[0].dataset.id;
    const kept = new URLSearchParams(Object.entries(want).filter(([, value]) => value));
    try {
      history.replaceState(null, "", kept.size ? `#?${kept}` : location.pathname + location.search);
    } catch {
      // A browser may refuse that for a page that was opened from a file.
    }
  };

  const recall = () => {
    if (!location.hash.startsWith("#?")) return false;
    const kept = new URLSearchParams(location.hash.slice(2));
    for (const control of controls) control.value = kept.get(control.name) ?? "";
    const rule = [...rules.options].find((option) => option.dataset.id && option.dataset.id === kept.get("r"));
    rules.value = rule ? rule.value : "";
    return true;
  };

  const change = () => {
    sort();
    show();
    remember();
  };
  box.addEventListener("input", change);
  box.querySelector("[name=clear]").addEventListener("click", () => {
    for (const control of controls) control.value = "";
    change();
    controls[0].focus();
  });
  addEventListener("hashchange", () => {
    if (!recall()) return;
    sort();
    show();
  });

  const tell = (cell) => {
    const row = cell.parentNode;
    const at = [...row.cells].indexOf(cell) - 1;
    const place = { name: row.cells[0].textContent, year: years[at] };
    const lines = [];
    if (cell.classList.contains("m")) lines.push(say("site-told-missing", place));
    for (const link of cell.querySelectorAll("a")) {
      const [errors, warnings, notes] = link.dataset.n.split(",");
      lines.push(say("site-told", { ...place, errors, warnings, notes }));
      const [over, , chain] = (link.dataset.c || ",,").split(",");
      if (!chain) continue;
      const before = row.cells[at]?.querySelector("a");
      const forward = before?.dataset.c?.split(",")[1];
      lines.push(
        chain === "broken" && over && forward
          ? say("site-told-broken", { over, forward, delta: Math.abs(over - forward) })
          : say(`site-chain-${chain === "broken" ? "open" : chain}`, {}),
      );
    }
    const head = document.createElement("b");
    head.textContent = `${place.name} ${place.year}`;
    told.replaceChildren(head, ...lines.map((text) => Object.assign(document.createElement("div"), { textContent: text })));
    told.hidden = false;
    const spot = cell.getBoundingClientRect();
    const size = told.getBoundingClientRect();
    const below = spot.bottom + 6 + size.height < innerHeight;
    told.style.left = `${Math.max(6, Math.min(spot.left, innerWidth - size.width - 6))}px`;
    told.style.top = `${below ? spot.bottom + 6 : spot.top - size.height - 6}px`;
  };
  const point = (event) => {
    const cell = event.target.closest?.("td.c");
    if (cell) tell(cell);
    else told.hidden = true;
  };
  map.addEventListener("pointerover", point);
  map.addEventListener("focusin", point);
  map.addEventListener("pointerleave", () => (told.hidden = true));
  map.addEventListener("focusout", () => (told.hidden = true));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") told.hidden = true;
  });

  box.hidden = false;
  recall();
  sort();
  show();
})();
