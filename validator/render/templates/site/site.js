"use strict";
// The filters of the index. What is shown is marked with `hidden`; without this script all of it is there as a list.
(() => {
  const box = document.getElementById("filters");
  const list = document.getElementById("bodies");
  const shown = document.getElementById("shown");
  if (!box || !list || !shown) return;
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const controls = [...box.querySelectorAll("input, select")];
  const rules = box.querySelector("[name=r]");

  const bodies = [...list.children].map((item) => ({
    item,
    name: fold(item.firstElementChild.textContent),
    errors: Number(item.dataset.e),
    slots: [...item.querySelectorAll(".slot[data-y]")].map((slot) => ({
      slot,
      year: slot.dataset.y,
      reports: [...slot.querySelectorAll("a")].map((link) => ({
        state: link.className,
        marks: link.dataset.m ? link.dataset.m.split(" ") : [],
      })),
    })),
  }));

  const fits = (report, want) =>
    (!want.s || report.state === want.s) &&
    (!(want.v || want.r) ||
      report.marks.some((mark) => (!want.v || mark[0] === want.v) && (!want.r || mark.slice(1) === want.r)));

  const read = () => Object.fromEntries(controls.map((control) => [control.name, control.value]));

  const show = () => {
    const want = read();
    const words = want.q.trim().split(/\s+/).map(fold);
    const narrow = Boolean(want.y || want.s || want.v || want.r);
    let count = 0;
    let reports = 0;
    for (const body of bodies) {
      let any = false;
      const named = words.every((word) => body.name.includes(word));
      for (const { slot, year, reports: own } of body.slots) {
        const fitting = own.filter((report) => fits(report, want)).length;
        const here = (!want.y || year === want.y) && (own.length ? fitting > 0 : want.s === "missing" && !want.v && !want.r);
        slot.classList.toggle("off", narrow && !here);
        if (named && here) {
          any = true;
          reports += fitting;
        }
      }
      body.item.hidden = !(named && (any || !narrow));
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
    const sorted = order ? [...bodies].sort((one, other) => other.errors - one.errors) : bodies;
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
    if (!location.hash.startsWith("#?")) return;
    const kept = new URLSearchParams(location.hash.slice(2));
    for (const control of controls) control.value = kept.get(control.name) ?? "";
    const rule = [...rules.options].find((option) => option.dataset.id && option.dataset.id === kept.get("r"));
    rules.value = rule ? rule.value : "";
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
  // What is folded would be missing on paper.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
  box.hidden = false;
  recall();
  sort();
  show();
})();
