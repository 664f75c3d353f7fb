"""Random figures that keep every identity of a form, as texts by address."""

from random import Random

from validator.model.form import Form

APPLICANTS = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organization")
COLUMNS = (*APPLICANTS, "total")
RESULTS = ("upheld", "corrected", "other", "pending")


def make_figures(form: Form, random: Random, *, single_other: bool = False) -> dict[str, int]:
    """Make the counts of one sound report. `single_other`: a 2021 report with (六) in one row."""
    if form.id == "2014":
        return _statistics(random)
    figures = _proactive(form, random)
    figures |= _applications(form, random, single_other=single_other)
    for case in ("review", "litigation_direct", "litigation_after_review"):
        counts = {result: _count(random, 0.6, 12) for result in RESULTS}
        figures |= {f"{case}.{result}": count for result, count in counts.items()}
        figures[f"{case}.total"] = sum(counts.values())
    return figures


def _count(random: Random, zero: float, scale: int) -> int:
    return 0 if random.random() < zero else int(random.expovariate(1 / scale)) + 1


def _proactive(form: Form, random: Random) -> dict[str, int]:
    table = form.table("proactive")
    figures: dict[str, int] = {}
    for block in table.blocks:
        for row in block.rows:
            for column in block.columns:
                figures[f"proactive.{row.id}.{column.id}"] = _count(random, 0.4, 40)
    if form.id == "2021":
        for row in ("regulations", "normative_documents"):
            figures[f"proactive.{row}.in_force"] += figures[f"proactive.{row}.issued"]
        figures |= {f"proactive.regulations.{name}": 0 for name in ("issued", "repealed", "in_force")}
    else:
        for row in ("regulations", "normative_documents"):
            made = figures[f"proactive.{row}.made"] if row != "regulations" else 0
            figures[f"proactive.{row}.made"] = figures[f"proactive.{row}.published"] = made
            figures[f"proactive.{row}.total_public"] = made + (_count(random, 0.3, 40) if made else 0)
        if not figures["proactive.procurement.items"]:
            figures["proactive.procurement.amount"] = 0
        else:
            figures["proactive.procurement.amount"] += 1
    return figures


def _applications(form: Form, random: Random, *, single_other: bool) -> dict[str, int]:
    block = form.table("applications").blocks[0]
    leaves = [row for row in block.sets["outcomes"] if row != "other" or form.id == "2019"]
    if single_other and form.id == "2021":
        leaves = [row for row in leaves if not row.startswith("other")] + ["other"]
    busy = random.random() < 0.6
    figures: dict[str, int] = {}
    for column in APPLICANTS:
        quiet = 0.75 if column == "natural_person" else 0.93
        scale = 30 if busy and column == "natural_person" else 4
        total = 0
        for row in leaves:
            count = _count(random, quiet, scale)
            figures[f"applications.{row}.{column}"] = count
            total += count
        forward = min(_count(random, 0.6, 5), total)
        before = min(_count(random, 0.7, 5), total)
        figures[f"applications.handled_total.{column}"] = total
        figures[f"applications.carried_forward.{column}"] = forward
        figures[f"applications.carried_over.{column}"] = before
        figures[f"applications.new_received.{column}"] = total + forward - before
    for row in ("new_received", "carried_over", *leaves, "handled_total", "carried_forward"):
        figures[f"applications.{row}.total"] = sum(figures[f"applications.{row}.{c}"] for c in APPLICANTS)
    return figures


def _statistics(random: Random) -> dict[str, int]:
    count = {
        name: _count(random, zero, scale)
        for name, zero, scale in (
            *((f"channels.{c}", 0.4, 90) for c in ("gazette", "website", "weibo", "wechat", "other")),
            *((f"responses.{c}", 0.5, 9) for c in ("press_conferences", "online_interviews", "policy_interpretations")),
            *((f"responses.{c}", 0.5, 9) for c in ("social_media", "other")),
            *((f"requests.received_{c}", 0.4, 9) for c in ("in_person", "by_fax", "online", "by_letter")),
            *((f"requests.closed_{c}", 0.3, 20) for c in ("on_time", "extended")),
            *((f"replies.{c}", 0.5, 9) for c in ("already_public", "granted", "partially_granted", "not_this_agency")),
            *((f"replies.{c}", 0.5, 9) for c in ("not_existing", "asked_to_correct", "directed_elsewhere")),
            *((f"replies.denied_{c}", 0.7, 4) for c in ("state_secret", "trade_secret", "privacy", "other")),
            *((f"replies.denied_{c}", 0.8, 4) for c in ("security_stability", "not_government_information")),
            *((f"{case}.{c}", 0.7, 3) for case in ("review", "litigation") for c in ("upheld", "corrected", "other")),
            *((name, 0.4, 12) for name in ("complaints", "fees", "resources.offices", "resources.reading_points")),
            *((f"resources.{c}", 0.2, 5) for c in ("staff_full_time", "staff_part_time", "funding")),
            *((f"training.{c}", 0.2, 9) for c in ("meetings", "courses", "trainees")),
        )
    }
    channels = [count[f"channels.{c}"] for c in ("gazette", "website", "weibo", "wechat", "other")]
    count["disclosed.total"] = random.randint(max(channels), sum(channels))
    count["disclosed.normative_documents"] = random.randint(0, min(count["disclosed.total"], 9))
    count["disclosed.normative_documents_issued"] = count["disclosed.normative_documents"]
    responses = ("press_conferences", "online_interviews", "policy_interpretations", "social_media", "other")
    count["responses.total"] = sum(count[f"responses.{c}"] for c in responses)
    for event in ("press_conferences", "online_interviews"):
        count[f"responses.{event}_by_head"] = random.randint(0, count[f"responses.{event}"])
    denied = ("state_secret", "trade_secret", "privacy", "security_stability", "not_government_information", "other")
    count["replies.denied"] = sum(count[f"replies.denied_{c}"] for c in denied)
    replies = ("already_public", "granted", "partially_granted", "denied", "not_this_agency", "not_existing")
    count["replies.total"] = sum(count[f"replies.{c}"] for c in (*replies, "asked_to_correct", "directed_elsewhere"))
    count["requests.received"] = sum(
        count[f"requests.received_{c}"] for c in ("in_person", "by_fax", "online", "by_letter")
    )
    count["requests.closed"] = count["requests.closed_on_time"] + count["requests.closed_extended"]
    for case in ("review", "litigation"):
        count[f"{case}.total"] = sum(count[f"{case}.{c}"] for c in ("upheld", "corrected", "other"))
    count["resources.staff"] = count["resources.staff_full_time"] + count["resources.staff_part_time"]
    if not count["training.courses"]:
        count["training.trainees"] = 0
    elif not count["training.trainees"]:
        count["training.trainees"] = 20
    return {f"statistics.{name}": value for name, value in count.items()}
