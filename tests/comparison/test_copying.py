"""Text repeated from last year or from a sibling: shares, sections, places, names left in, and what does not count."""

import pickle
from random import Random
from time import perf_counter

from made_series import findings_of, form_of, report_of
from made_sheets import RULESET
from msgspec.structs import replace

from validator.comparison import (
    compare_years,
    find_common,
    find_copies,
    sketch,
    tell_copied_sibling,
)
from validator.model.location import OtherFilePlace
from validator.model.outcome import Severity

ZEROS = dict.fromkeys(form_of(2023).required, 0)
WORDS = (
    "推进健全完善机制平台渠道专栏政策解读培训考核审查发布流程责任队伍服务群众需求重点领域目录清单动态调整"
    "规范管理制度工作人员业务能力"
)
HEADINGS = ("一、总体情况", "三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况")


def sentences(seed, count=12):
    random = Random(seed)
    return ["".join(random.choices(WORDS, k=38)) + "。" for _ in range(count)]


def text_of(first, third=(), fifth=()):
    parts = zip(HEADINGS, (first, third, fifth), strict=True)
    return "\n".join(line for heading, body in parts for line in (heading, *body))


def report(text, year=2023, name="云溪县白水镇人民政府"):
    return report_of(ZEROS, year, name, text=text)


def copied_from_last_year(new, old):
    told = findings_of(compare_years([report(old, 2022), report(new, 2023)], RULESET))
    return [finding for finding in told if finding.rule == "continuity-copied-prose"]


def siblings(**texts):
    """Give what is told of the reports of several bodies, by body."""
    reports = {f"{name}/2023.html": report(text, 2023, name) for name, text in texts.items()}
    copies = find_copies([sketch(r, RULESET, r.organization, r.organization) for r in reports.values()], RULESET)
    return {
        copy.own.name: findings_of((reports[copy.own.source], o) for o in _told(reports[copy.own.source], copy))
        for copy in copies
    }


def _told(own, copy):
    return tell_copied_sibling(own, copy, RULESET)


def test_a_text_kept_from_last_year_is_a_note_with_share_and_places():
    old = sentences(1)
    new = [old[0].replace("。", "12件。"), *old[1:]]
    (finding,) = copied_from_last_year(text_of(new), text_of([old[0].replace("。", "9件。"), *old[1:]]))
    assert finding.severity is Severity.NOTE
    assert "文字有100%与2022年度报告相同" in finding.message.zh
    assert "第一部分100%" in finding.message.zh
    assert finding.location.line == 501
    lines = [place.line for place in finding.related if not isinstance(place, OtherFilePlace)]
    assert lines == list(range(502, 513))
    assert [p.source for p in finding.related if isinstance(p, OtherFilePlace)] == ["云溪县白水镇人民政府/2022.html"]


def test_a_section_kept_is_told_by_its_number():
    fifth = sentences(2)
    (finding,) = copied_from_last_year(text_of(sentences(3), fifth=fifth), text_of(sentences(4), fifth=fifth))
    assert "第五部分100%" in finding.message.zh
    assert "第一部分" not in finding.message.zh
    assert finding.location.line == 500 + 12 + 3


def test_a_text_written_anew_is_not_told_of():
    old, new = sentences(5), sentences(6)
    assert copied_from_last_year(text_of(new), text_of(old)) == []
    assert copied_from_last_year(text_of([*old[:9], *new[:4]]), text_of(old)) == []


def test_headings_and_fixed_phrases_do_not_count():
    fixed = [f"根据《中华人民共和国政府信息公开条例》第{n}条，{line}" for n, line in enumerate(sentences(7))]
    assert copied_from_last_year(text_of(fixed), text_of(fixed)) == []


def test_short_texts_do_not_count():
    assert copied_from_last_year(text_of(sentences(8, 3)), text_of(sentences(8, 3))) == []


def test_lines_that_wrap_are_joined():
    old = "".join(sentences(9))
    lines = "\n".join(old[i : i + 30] for i in range(0, len(old), 30))
    broken = replace(report(lines, 2022), line_per_paragraph=True)
    told = findings_of(compare_years([broken, report(old, 2023)], RULESET))
    assert [finding.rule for finding in told] == ["continuity-copied-prose"]


def test_a_sibling_with_its_own_name_in_the_text_is_seen_once():
    lines = sentences(10)
    texts = {n: text_of([f"{s}高度重视，{line}" for line in lines]) for n, s in
             (("云溪县白水镇人民政府", "白水镇"), ("云溪县青石镇人民政府", "青石镇"))}  # fmt: skip
    told = siblings(**texts, 云溪县红岩镇人民政府=text_of(sentences(11)))
    ((name, (finding,)),) = told.items()
    assert (name, finding.rule, finding.severity) == ("云溪县青石镇人民政府", "units-copied", Severity.NOTE)
    assert "文字有100%与《云溪县白水镇人民政府》的报告相同" in finding.message.zh


def test_the_name_of_another_place_left_in_is_a_warning():
    lines = sentences(12)
    first = [*lines[:8], f"白水镇坚持以公开为常态，{lines[8]}", *lines[9:]]
    told = siblings(云溪县白水镇人民政府=text_of(first), 云溪县青石镇人民政府=text_of([*first[:9], *sentences(13, 6)]))
    (finding,) = told["云溪县青石镇人民政府"]
    assert (finding.rule, finding.severity) == ("units-name-left", Severity.WARNING)
    assert finding.location.line == 500 + 9
    assert "仍写着“白水镇”" in finding.message.zh
    assert "云溪县白水镇人民政府" not in told


def test_a_name_both_have_in_a_text_of_their_own_is_not_told_of():
    line = f"与白水镇共同设立查阅点，{sentences(14, 1)[0]}"
    told = siblings(
        云溪县白水镇人民政府=text_of([line, *sentences(15)]), 云溪县青石镇人民政府=text_of([line, *sentences(16)])
    )
    assert told == {}


def test_sentences_that_most_of_many_reports_have_are_nobodys_own():
    shared = sentences(17)
    own = [sketch(report(text_of([*shared, *sentences(100 + n, 3)]), name=f"云溪县{n}镇人民政府"), RULESET, f"{n}")
           for n in range(60)]  # fmt: skip
    common = find_common(own)
    assert len(common) == len(shared)
    assert find_common(own[:40]) == frozenset()
    assert len(list(find_copies(own, RULESET))) == 0
    assert len(list(find_copies(own[:40], RULESET))) == 0


def test_thousands_of_reports_are_compared_without_all_pairs():
    pool = sentences(18, 3000)
    random = Random(19)
    kept = [sketch(report(text_of(random.sample(pool, 40)), name=f"{n}局"), RULESET, f"{n}") for n in range(10)]
    many = [replace(kept[n % 10], source=f"{n:05}.html", body=f"{n}") for n in range(3000)]
    started = perf_counter()
    copies = list(find_copies(many, RULESET))
    assert [copy.own.source for copy in copies] == [f"{n:05}.html" for n in range(10, 3000)]
    assert perf_counter() - started < 20
    assert len(pickle.dumps(kept[0])) < 2500


def test_a_report_is_sketched_in_a_moment():
    big = report(text_of(sentences(20, 60), sentences(21, 20), sentences(22, 20)))
    sketch(big, RULESET)
    started = perf_counter()
    for _ in range(20):
        sketch(big, RULESET)
    assert (perf_counter() - started) / 20 < 0.02


def test_sentences_that_still_name_the_other_body_count_as_shared():
    lines = [f"云溪县财政局高度重视，{line}" for line in sentences(14)]
    told = siblings(云溪县财政局=text_of(lines), 云溪县教育局=text_of(lines))
    assert {finding.rule for finding in told["云溪县教育局"]} == {"units-copied", "units-name-left"}
