"""The Wuhou policy written out as plain `if`s over the same typed facts: what a check costs with no engine at all."""

from __future__ import annotations

from decimal import Decimal

from incentives import Profile

HUNDRED_MILLION = Decimal(100_000_000)


def qualified_by_hand(profile: Profile) -> list[tuple[str, str]]:
    """Clause and item of every award, for a profile in which every fact is given."""
    company = profile.company.values
    if "微波射频" not in company["industry_fields"]:  # type: ignore[operator]
        return []
    if company["registered_district"] != "510107":
        return []
    enterprise = company["entity_type"] in ("企业法人", "合伙企业", "个人独资企业")
    if not enterprise and company["entity_type"] not in ("事业单位", "社会组织"):
        return []
    found: list[tuple[str, str]] = []
    if enterprise:
        for item in profile.lists["development_project"]:
            values = item.values
            kinds = ("总体", "关键分系统", "核心配套产品整机")
            if values["from_defence_institute"] is True and values["development_kind"] in kinds:
                found.append(("defence-development", item.key))
        for item in profile.lists["project"]:
            values = item.values
            if (
                values["sector"] == "微波射频"
                and values["newly_completed"] is True
                and values["investment"] >= HUNDRED_MILLION  # type: ignore[operator]
            ):
                found.append(("new-project", item.key))
    for item in profile.lists["platform"]:
        values = item.values
        services = values["public_services"]
        if values["open_to_society"] is True and services & {"测量测试", "微组装", "流片", "封装"}:  # type: ignore[operator]
            found.append(("public-platform", item.key))
    return found
