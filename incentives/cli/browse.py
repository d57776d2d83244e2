"""`incentives policies`, `show`, `facts`, `new-profile` and `schema`: what there is. Imports the catalogue."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from incentives.cli.options import DateOption, LangOption, PoliciesOption, day, language, policies, refuse_usage
from incentives.diagnostics import Code, Diagnostic, Span


def list_policies(policies_path: PoliciesOption = None, as_of: DateOption = None, lang: LangOption = None) -> None:
    """List the policies. 列出政策。"""
    from incentives.explain.catalogue import render_policies

    chosen = language(lang)
    on = day(as_of, chosen)
    print(render_policies(policies(policies_path, chosen), on, chosen), end="")


def show(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="Id of a policy. 政策标识")],
    policies_path: PoliciesOption = None,
    as_of: DateOption = None,
    lang: LangOption = None,
) -> None:
    """Show a policy's clauses with their sources. 显示政策条款及来源。"""
    from incentives.explain.catalogue import render_policy

    chosen = language(lang)
    on = day(as_of, chosen)
    loaded = policies(policies_path, chosen, policy, "POLICY")
    print(render_policy(loaded.applicable(policy, on), chosen), end="")


def facts(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Only facts that this occurs in. 只列含有这些字的事实")
    ] = None,
    policies_path: PoliciesOption = None,
    lang: LangOption = None,
) -> None:
    """List the facts a profile may hold. 列出画像可填的事实。"""
    chosen = language(lang)
    vocabulary = policies(policies_path, chosen).vocabulary
    if text is None:
        from incentives.explain.catalogue import render_facts

        print(render_facts(vocabulary, chosen), end="")
        return
    from incentives.explain.fact_search import facts_with, render_facts_with

    found = facts_with(text, vocabulary)
    if not found:
        from incentives.source.spelling import nearest

        names = [name for entity in vocabulary.entities.values() for name in entity.facts]
        words = {"written": text, "nearest": nearest(text, names) or ""}
        refuse_usage(Diagnostic(Code.UNKNOWN_FACT, Span("TEXT"), words), chosen)
    print(render_facts_with(found, chosen), end="")


def new_profile(policies_path: PoliciesOption = None, lang: LangOption = None) -> None:
    """Print a profile to fill in. 输出可填写的画像模板。"""
    from incentives.explain.catalogue import profile_template

    chosen = language(lang)
    print(profile_template(policies(policies_path, chosen).vocabulary, chosen), end="")


class SchemaName(StrEnum):
    """The schemas of `incentives.explain.schemas`, named here so that a start does not build them."""

    curve = "curve"
    decision = "decision"
    explanation = "explanation"
    explanations = "explanations"
    open_fact = "open-fact"
    plan = "plan"
    question = "question"
    why = "why"


def schema(
    name: Annotated[
        SchemaName,
        typer.Argument(
            metavar="NAME",
            help="curve, decision, explanation (of several profiles explanations), open-fact, plan, question or why.",
        ),
    ],
) -> None:
    """Print the JSON Schema of an answer. 输出结果的 JSON Schema。"""
    from incentives.explain.schemas import json_schema

    print(json_schema(name.value))
