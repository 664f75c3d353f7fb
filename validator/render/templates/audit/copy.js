"use strict";
/* The button over the problems of a report: copies them as a plain list, in the words of the cards. */
(() => {
  const wordData = document.getElementById("words");
  const buttons = document.querySelectorAll("[data-act=copy-list]");
  if (!wordData || !buttons.length) return;
  const words = JSON.parse(wordData.textContent);
  const textOf = (node) => (node ? node.textContent.replace(/\s+/g, " ").trim() : "");
  const list = (article) => {
    const lines = [`${textOf(article.querySelector("header :is(h1, h2)"))}  ${textOf(article.querySelector(".source"))}`];
    [...article.querySelectorAll(".card")].forEach((card, number) => {
      lines.push(`${number + 1}. ${textOf(card.querySelector(":is(h2, h3, h4)"))}`);
      for (const finding of card.querySelectorAll(".findings > li")) {
        lines.push(`   ${textOf(finding.querySelector(".message"))} [${textOf(finding.querySelector(".spot"))}]`);
      }
      for (const told of card.querySelectorAll(".diagnosis .told")) lines.push(`   ${textOf(told)}`);
    });
    return lines.join("\n");
  };
  for (const button of buttons) {
    button.hidden = false;
    const note = button.nextElementSibling;
    button.addEventListener("click", async () => {
      const text = list(button.closest("article"));
      try {
        await navigator.clipboard.writeText(text);
        note.textContent = words["try-copied"];
      } catch {
        const area = Object.assign(document.createElement("textarea"), { readOnly: true, rows: 6, value: text });
        area.setAttribute("aria-label", words["try-by-hand"]);
        note.replaceChildren(words["try-by-hand"], area);
        area.select();
      }
    });
  }
})();
