"use strict";
/* Takes files that are dropped or chosen, hands them to the server of this page, and shows what came of them. */
(() => {
  const said = JSON.parse(document.getElementById("said").textContent);
  const byId = (id) => document.getElementById(id);
  const drop = byId("drop");
  const list = byId("batches");
  const live = byId("live");
  const held = new Set();
  const MARKS = { failed: "×", passed: "✓", partial: "✓", unreadable: "!", known: "·", blank: "·", unchecked: "·" };
  const KINDS = { partial: "passed", known: "other", blank: "other", unchecked: "other" };

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const link = (name, text, href, attributes) => Object.assign(make("a", name, text), { href, ...attributes });
  const way = (path) => path.split("/").map(encodeURIComponent).join("/");
  const ask = async (path, options) => {
    const answer = await fetch(path, options);
    if (!answer.ok) throw new Error(answer.status === 413 ? said["serve-too-large"] : said["serve-lost"]);
    return answer;
  };
  const remember = () => {
    try {
      sessionStorage.setItem("gouji-batches", JSON.stringify([...held]));
    } catch {}
  };

  /* A batch as it is shown: a heading, how far it is, and then the reports. */
  const show = (title) => {
    byId("results").hidden = false;
    const item = make("li", "batch");
    const head = make("header");
    const heading = make("h3", "", title);
    const state = make("p", "meta");
    const bar = make("progress");
    bar.setAttribute("aria-label", title);
    head.append(heading, state, bar);
    item.append(head);
    list.prepend(item);
    return { item, head, state, bar };
  };
  const fail = (view, text) => {
    view.bar.remove();
    view.state.className = "failure";
    view.state.textContent = fill(said["serve-failed"], { reason: text });
    live.textContent = view.state.textContent;
  };

  const showReport = (report, base) => {
    const line = make("section", `report-line ${KINDS[report.state] || report.state}`);
    const mark = make("span", "mark", MARKS[report.state]);
    mark.setAttribute("aria-hidden", "true");
    const main = make("div", "main");
    const heading = make("h4", "", report.heading);
    if (report.heading !== report.source) heading.append(" ", make("small", "", report.source));
    main.append(heading, make("p", "verdict", report.verdict));
    if (report.problems && report.problems.length) {
      const problems = make("ul", "problems");
      for (const problem of report.problems) {
        const one = make("li", problem.severity, problem.text);
        one.append(make("small", "", problem.place));
        problems.append(one);
      }
      main.append(problems);
    }
    line.append(mark, main);
    if (report.page) {
      const go = link("go", said["serve-open-page"], `${base}/pages/${report.page}`, { target: "_blank", rel: "noopener" });
      go.setAttribute("aria-label", `${said["serve-open-page"]} ${report.heading}`);
      const ways = make("p", "ways");
      ways.append(go);
      for (const [kind, text] of [["marked", said["serve-copy"]], ["mended", said["serve-mended"]]])
        if (report.copies[kind]) ways.append(link("go", text, `${base}/${kind}/${way(report.copies[kind])}`, { download: "" }));
      line.append(ways);
    }
    return line;
  };

  const finish = (view, id, answer) => {
    const base = `batches/${id}`;
    view.bar.remove();
    view.state.textContent = answer.summary || said["serve-nothing"];
    live.textContent = view.state.textContent;
    const actions = make("p", "actions");
    if (answer.reports.length > 1)
      actions.append(link("", said["serve-open-all"], `${base}/pages/index.html`, { target: "_blank", rel: "noopener" }));
    if (answer.findings) actions.append(link("", said["serve-list"], `${base}/lists/${way(answer.list)}`, { download: "" }));
    const remove = make("button", "quiet", said["serve-remove"]);
    remove.type = "button";
    remove.addEventListener("click", () => {
      held.delete(id);
      remember();
      fetch("leave", { method: "POST", body: id });
      view.item.remove();
      byId("results").hidden = !list.children.length;
      byId("choose-files").focus();
    });
    actions.append(remove);
    view.head.append(actions);
    const first = 200;
    const rest = answer.reports.splice(first);
    view.item.append(...answer.reports.map((report) => showReport(report, base)));
    if (rest.length) view.item.append(make("p", "report-line", fill(said["serve-more"], { count: rest.length })));
  };

  const follow = async (view, id) => {
    for (;;) {
      const answer = await (await ask(`batches/${id}`)).json();
      if (answer.state === "done") return finish(view, id, answer);
      if (answer.state === "failed") return fail(view, answer.error);
      const key = answer.state === "checking" ? "serve-checking" : "serve-waiting";
      view.state.textContent = fill(said[key], { done: answer.done, total: answer.total });
      if (answer.done) {
        view.bar.max = answer.total;
        view.bar.value = answer.done;
      }
      await new Promise((done) => setTimeout(done, 250));
    }
  };

  const send = async (files) => {
    if (!files.length) return;
    const title = files.length === 1 ? files[0].name : fill(said["serve-batch"], { name: files[0].name, count: files.length });
    const view = show(title);
    try {
      if (files.some(({ file }) => file.size > said.largest)) throw new Error(said["serve-too-large"]);
      const { id } = await (await ask("batches", { method: "POST" })).json();
      held.add(id);
      remember();
      let sent = 0;
      const waiting = [...files];
      const hand = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          await ask(`batches/${id}/files?name=${encodeURIComponent(next.name)}`, { method: "PUT", body: next.file });
          sent += 1;
          view.bar.max = files.length;
          view.bar.value = sent;
          view.state.textContent = fill(said["serve-receiving"], { done: sent, total: files.length });
        }
      };
      await Promise.all([hand(), hand(), hand()]);
      view.bar.removeAttribute("value");
      await ask(`batches/${id}/check`, { method: "POST" });
      await follow(view, id);
    } catch (error) {
      fail(view, error instanceof TypeError ? said["serve-lost"] : error.message);
    }
  };

  /* What is dropped: files, and folders gone through. */
  const read = async (entry, before) => {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      return [{ name: before + entry.name, file }];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) break;
      for (const one of some) found.push(...(await read(one, `${before}${entry.name}/`)));
    }
    return found;
  };
  const chosen = (input) => {
    const files = [...input.files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
    input.value = "";
    send(files);
  };
  for (const name of ["files", "folder"]) {
    byId(`choose-${name}`).addEventListener("click", () => byId(name).click());
    byId(name).addEventListener("change", (event) => chosen(event.target));
  }
  let depth = 0;
  addEventListener("dragenter", (event) => {
    event.preventDefault();
    depth += 1;
    drop.classList.add("over");
  });
  addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) drop.classList.remove("over");
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const plain = [...event.dataTransfer.files];
    const files = [];
    for (const [number, entry] of entries.entries()) {
      if (entry) files.push(...(await read(entry, "")));
      else if (plain[number]) files.push({ name: plain[number].name, file: plain[number] });
    }
    send(files);
  });

  /* What was found goes with the page; loaded anew, it asks for it again. */
  addEventListener("pagehide", () => navigator.sendBeacon("leave", [...held].join(" ")));
  setInterval(() => fetch("alive").catch(() => {}), 15000);
  let before = [];
  try {
    before = JSON.parse(sessionStorage.getItem("gouji-batches")) || [];
  } catch {}
  for (const id of before) {
    fetch(`batches/${id}`).then(async (answer) => {
      if (!answer.ok) return;
      held.add(id);
      const view = show("…");
      const told = await answer.json();
      const names = (told.reports || []).map((report) => report.source);
      view.head.querySelector("h3").textContent =
        names.length > 1 ? fill(said["serve-batch"], { name: names[0], count: names.length }) : names[0] || "…";
      follow(view, id).catch((error) => fail(view, error.message));
    });
  }
})();
