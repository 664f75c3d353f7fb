"use strict";
/* Works the relations of a report out again, under the blank policy of the checks:
 * a blank beside figures counts as 0; not assessed is a relation with a cell that is missing or not readable or with
 * a blank total over filled parts, one whose cells are all blank, and one that only a wholly blank side would break.
 * Figures are whole numbers of 10^-12, so that nothing is lost in between. */
const gouji = (() => {
  const PLACES = 12;
  const ONE = 10n ** BigInt(PLACES);

  /* "12.50" -> a figure; null if the text is no plain number. */
  function parse(text) {
    const found = /^([+-]?)(\d+)(?:\.(\d{1,12}))?$/.exec(text);
    if (!found) return null;
    const size = BigInt(found[2]) * ONE + BigInt((found[3] || "").padEnd(PLACES, "0"));
    return found[1] === "-" ? -size : size;
  }

  /* A figure -> its shortest digits. */
  function write(figure) {
    const size = figure < 0n ? -figure : figure;
    const rest = (size % ONE).toString().padStart(PLACES, "0").replace(/0+$/, "");
    return (figure < 0n ? "-" : "") + (size / ONE).toString() + (rest && "." + rest);
  }

  const isBlank = (cell) => cell.state === "blank" || cell.state === "not_applicable";
  const isNumber = (cell) => cell.state === "number";

  function addUp(terms, cells) {
    let sum = 0n;
    for (const [factor, index] of terms) {
      if (index < 0) sum += parse(factor);
      else if (isNumber(cells[index])) sum += BigInt(factor) * cells[index].figure;
    }
    return sum;
  }

  function holds(relation, left, right) {
    return relation === "=" ? left === right : relation === "<=" ? left <= right : left >= right;
  }

  function allBlank(terms, cells) {
    const own = terms.filter(([, index]) => index >= 0);
    return own.length > 0 && own.every(([, index]) => isBlank(cells[index]));
  }

  function obstacle(indices, blanks, cells, blankTotals) {
    if (blanks.length === indices.length) {
      return blanks.every((index) => cells[index].state === "not_applicable") ? "not-applicable" : "all-blank";
    }
    const gaps = indices.filter((index) => !isNumber(cells[index]));
    if (gaps.length > blanks.length) {
      return gaps.every((index) => cells[index].state !== "missing") ? "unreadable" : "missing";
    }
    return blanks.some((index) => blankTotals.has(index)) ? "total-blank" : "";
  }

  /* One relation [left, relation, right] -> {verdict, reason, left, right}; a side that is not known is null. */
  function judge([terms, relation, others], cells, blankTotals) {
    const indices = [...new Set([...terms, ...others].map(([, index]) => index).filter((index) => index >= 0))];
    const blanks = indices.filter((index) => isBlank(cells[index]));
    const reason = obstacle(indices, blanks, cells, blankTotals);
    if (reason) return { verdict: "not_assessed", reason, left: null, right: null };
    const left = addUp(terms, cells);
    const right = addUp(others, cells);
    if (holds(relation, left, right)) return { verdict: "holds", reason: "", left, right };
    const known = [allBlank(terms, cells) ? null : left, allBlank(others, cells) ? null : right];
    const broken = known[0] !== null && known[1] !== null;
    return { verdict: broken ? "broken" : "not_assessed", reason: broken ? "" : "parts-blank", left: known[0], right: known[1] };
  }

  /* relations, totals with their parts, cells {state, figure} -> a judgement for each relation. */
  function evaluate(relations, totals, cells) {
    const blankTotals = new Set(
      totals.filter(([t, parts]) => isBlank(cells[t]) && parts.some((part) => isNumber(cells[part]))).map(([t]) => t),
    );
    return relations.map((relation) => judge(relation, cells, blankTotals));
  }

  /* What a person types -> {state, figure}; null if it is no number. */
  function read(text) {
    const typed = text.normalize("NFKC").trim().replace(/^−/, "-");
    const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed) ? typed.replace(/,/g, "") : typed;
    if (plain === "") return { state: "blank", figure: null };
    if (/^(\/|-|—+|无)$/.test(plain)) return { state: "not_applicable", figure: null };
    const figure = parse(plain);
    return figure === null ? null : { state: "number", figure };
  }

  return { parse, write, evaluate, read };
})();
