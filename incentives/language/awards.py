"""Awards from the tree to the model. Imports the nodes, amounts and facts; used by the checker alone."""

from __future__ import annotations

from decimal import Decimal

from incentives.diagnostics import Code, Span
from incentives.facts import writing
from incentives.facts.types import BooleanType, RateType
from incentives.language.amounts import BESIDE_AMOUNTS, WITHOUT_MONEY, AmountReader
from incentives.language.kinds import as_number
from incentives.language.model import Award, Budget, Cap, Citation, Instalment, Per
from incentives.language.modifiers import NO_MONEY, YUAN, is_wide, listed
from incentives.language.nodes import Combined, Decided, Difference, How, Literal, Term
from incentives.language.syntax import NOT_PUBLISHED
from incentives.language.tiers import tiers_in
from incentives.language.walks import terms_within
from incentives.language.written import Fields, Scope
from incentives.records import NamedTuple
from incentives.source.tree import Mapping, Node, Scalar, Sequence
from incentives.values import EXACT, Basis

PER = ("company", "[company, year]")
"""How it is written what a cap on all awards of a company can hold for: ever, or in a year."""

AROUND = (
    *("kind", "paid_to", "paid_after", "or_in_kind", "instalments", "obligations", "claw_back", "article", "says"),
    *BESIDE_AMOUNTS,
)
"""What stands beside an amount. `recognition` or `in_kind` alone is an award, beside an amount what comes with it."""

_WORDS = {
    "discretionary": Basis.DISCRETIONARY,
    "not_published": Basis.UNPUBLISHED,
    "recognition": Basis.RECOGNITION,
    "relief": Basis.RELIEF,
    "in_kind": Basis.IN_KIND,
}


class ReadAward(NamedTuple):
    """An award, what its own words come to in all its years, and the caps on it that hold for more than one item."""

    award: Award
    in_all: Term
    span: Span
    caps: tuple[Cap, ...]


class AwardReader(AmountReader):
    """Reads awards."""

    def award(
        self,
        node: Node,
        clause: str,
        scope: Scope,
        limited_by: tuple[Budget, ...] = (),
        articles: tuple[str, ...] = (),
    ) -> ReadAward | None:
        """An award; of what budgets limit nothing is certain, and what it would come to is the most that is paid.

        `articles` are the places of its clause.
        """
        mapping = self.mapping(node)
        if mapping is None:
            return None
        node_id = f"{clause}/award"
        found = self._head(mapping, AROUND)
        if found is None:
            return None
        head, fields = found
        unpaid = head if head in WITHOUT_MONEY else self._unpaid_tiers(fields, head)
        for key in ("kind",) if unpaid is not None else ("kind", "paid_to"):
            if key not in fields:
                self.report(Code.MISSING_KEY, mapping.span, {"key": key})
        kind = self.text(fields.get("kind"))
        payee = fields.get("paid_to")
        to_other = isinstance(payee, Mapping)
        unnamed = isinstance(payee, Scalar) and payee.text == NOT_PUBLISHED
        paid_to = self._other(payee) if isinstance(payee, Mapping) else "" if unnamed else self.text(payee)
        amount = self._amount(head, fields, mapping, node_id, scope)
        in_all = amount
        caps = self._wide_caps(fields.get("cap"), node_id, clause)
        of_tiers = self._caps_of_tiers(fields, head, node_id, clause)
        instalments, amount = self._instalments(fields.get("instalments"), amount, node_id, scope)
        if "paid_after" in fields:
            instalments = self._paid_after(fields, unpaid)
        obligations = self._texts(fields.get("obligations"), "obligations")
        claw_back = self.text(fields.get("claw_back"))
        if paid_to is None and unpaid is not None:
            paid_to = ""
        if kind is None or paid_to is None or in_all is None or amount is None:
            return None
        words = self.text(fields[head]) if head in _WORDS else None
        limited_by = limited_by if unpaid is None else ()
        if limited_by:
            amount = Decided(None, amount, unpublished=False)
        tiers = tiers_in(amount) if of_tiers else None
        if of_tiers and tiers is None:
            words_of_cap = {
                "key": "per",
                "advice_zh": "有单独上限的档只与 `cap` 和 `instalments` 同用；别的写成单独一条",
                "advice_en": "beside tiers with limits of their own only `cap` and `instalments` can stand; "
                "write the rest as a clause of its own",
            }
            self.report(Code.KEY_MISPLACED, of_tiers[0].span, words_of_cap)
        form = unpaid or head
        basis = _WORDS[form] if form in _WORDS else _basis_of_limited(amount) if limited_by else basis_of(amount)
        award = Award(
            kind=kind,
            basis=basis,
            amount=amount,
            stated=stated(amount),
            words=words,
            paid_to=paid_to,
            instalments=instalments,
            obligations=obligations,
            claw_back=claw_back,
            to_other=to_other,
            or_in_kind=self.text(fields.get("or_in_kind")),
            source=self._source(fields, mapping, articles),
            budgets=limited_by,
            tiers=tiers,
            recognises=self.text(fields.get("recognition")) if head != "recognition" else None,
            in_kind=self.text(fields.get("in_kind")) if head != "in_kind" else None,
        )
        return ReadAward(award, in_all, mapping.span, (*caps, *of_tiers))

    def _source(self, fields: Fields, node: Mapping, articles: tuple[str, ...]) -> Citation | None:
        """The award's own words, and their place: another than the clause's, or the one place that the clause has."""
        found = {key: self.text(fields[key]) for key in ("article", "says") if key in fields}
        if "says" in found and "article" not in found and len(articles) == 1:
            found["article"] = articles[0]
        advice = {
            "advice_zh": "`says` 是哪一处的原文；条款的 `source` 已有这些话的，去掉 `says`",
            "advice_en": "say where the words of `says` stand; what the clause's `source` has need not be said again",
        }
        for key in ("article", "says"):
            if found and key not in found:
                self.report(Code.MISSING_KEY, node.span, {"key": key, **(advice if key == "article" else {})})
        article, says = found.get("article"), found.get("says")
        return Citation(article, says) if article is not None and says is not None else None

    def _unpaid_tiers(self, fields: Fields, head: str) -> str | None:
        """What every tier grants in place of money, by the same key: `relief` (全免, 减半), a title; else None."""
        rows = fields[head]
        tiers = rows.items if head in ("tiers", "tier_cases") and isinstance(rows, Sequence) else ()
        tiers = (*tiers, *([fields["otherwise"]] if tiers and "otherwise" in fields else []))
        for key in WITHOUT_MONEY:
            granted = [tier.get(key) if isinstance(tier, Mapping) else None for tier in tiers]
            if tiers and None not in granted:
                self.without_money(key, fields)
                return key
            first = next((words for words in granted if words is not None), None)
            if first is not None and key != "recognition":
                words = {
                    "key": key,
                    "advice_zh": f"要么每一档都写 `{key}`，要么每一档都是金额；两样都有的分成两条",
                    "advice_en": f"either every tier has `{key}` or none has; write two clauses where there are both",
                }
                self.report(Code.KEY_MISPLACED, first.span, words)
        return None

    def _other(self, node: Mapping) -> str | None:
        """`{other: 法定代表人}`: who is paid in place of the company."""
        fields = self.fields(node, ("other",))
        if "other" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "other"})
        return self.text(fields.get("other"))

    def _wide_caps(self, node: Node | None, node_id: str, clause: str) -> tuple[Cap, ...]:
        """The caps of an award that hold for all its items together, in a year or ever."""
        allowed = ("item", "[item, year]", "application", *PER)
        return tuple(
            cap
            for place, written in enumerate(listed(node))
            if is_wide(written) and isinstance(written, Mapping)
            if (cap := self.cap(written, f"{node_id}/cap/{place}", (clause,), allowed)) is not None
        )

    def _caps_of_tiers(self, fields: Fields, head: str, node_id: str, clause: str) -> tuple[Cap, ...]:
        """The caps of single tiers that hold for all that a company is granted in them, in a year or ever."""
        if head not in ("tiers", "tier_cases"):
            return ()
        rows = fields[head]
        places = [
            (f"{node_id}/{head}/{n}", row) for n, row in enumerate(rows.items if isinstance(rows, Sequence) else ())
        ]
        places += [(f"{node_id}/otherwise", fields["otherwise"])] if "otherwise" in fields else []
        found: list[Cap] = []
        for row_id, row in places:
            if not isinstance(row, Mapping):
                continue
            called = row.get("tier")
            name = self.text(called) if called is not None else None
            for place, written in enumerate(listed(row.get("cap"))):
                if not is_wide(written) or not isinstance(written, Mapping):
                    continue
                per = written.get("per")
                if called is None and not (isinstance(per, Scalar) and per.text == "application"):
                    self.report(Code.TIER_UNNAMED, row.span)
                    continue
                allowed = ("item", "application", *PER)
                limit = self.cap(written, f"{row_id}/cap/{place}", (clause,), allowed, called=name, tier=row_id)
                found += [limit] if limit is not None else []
        return tuple(found)

    def cap(
        self,
        node: Mapping,
        node_id: str,
        over: tuple[str, ...],
        allowed: tuple[str, ...],
        *,
        tier: str | None = None,
        called: str | None = None,
    ) -> Cap | None:
        """`{at: 1000万元, per: [company, year]}`: what was granted before in the year, or ever, has used it up.

        `allowed` is what `per` can be here. With `tier`, the id of a row, only what is granted in that one, which
        the ledger knows as `called`.
        """
        parts = self.fields(node, ("at", "per", "over", "says"))
        if "at" not in parts:
            self.report(Code.MISSING_KEY, node.span, {"key": "at"})
            return None
        at = self.money(parts["at"], f"{node_id}/at", Scope(self.names.vocabulary.company))
        if "per" not in parts:
            self.report(Code.MISSING_KEY, node.span, {"key": "per"})
            return None
        per = per_of(parts["per"])
        if at is None:
            return None
        if per is Per.APPLICATION:
            return Cap(node_id, node.span, at, at, over, self.text(parts.get("says")), per, tier, called)
        if per is None:
            advice = {
                "advice_zh": "每家企业每年的写 `[company, year]`，每家企业累计的写 `company`",
                "advice_en": "for a company in a year write `[company, year]`, for a company in all `company`",
            }
            if "[item, year]" in allowed:
                advice["advice_zh"] += "，每个对象每年的写 `[item, year]`"
                advice["advice_en"] += ", for each item in a year `[item, year]`"
            expected = ", ".join(f"`{word}`" for word in allowed)
            self.report(Code.NOT_ALLOWED_HERE, parts["per"].span, {"expected": expected, **advice})
            return None
        granted = self.granted(over, node.span, this_year=per is Per.COMPANY_YEAR, tier=called)
        if granted is None:
            return None
        left = Combined(How.LARGEST, (Difference(at, granted), NO_MONEY))
        return Cap(node_id, node.span, left, at, over, self.text(parts.get("says")), per, tier, called)

    def _instalments(
        self, node: Node | None, amount: Term | None, node_id: str, scope: Scope
    ) -> tuple[tuple[Instalment, ...], Term | None]:
        """When it is paid: in parts, `[{year: 1, share: 50%}, …]`; or `{years: 3, each_up_to: …}` in equal parts."""
        if node is None:
            return (), amount
        if isinstance(node, Mapping):
            parts = self.fields(node, ("years", "each_up_to"))
            if "years" not in parts:
                self.report(Code.MISSING_KEY, node.span, {"key": "years"})
                return (), amount
            years = self.whole(parts["years"], 1, 50, "年")
            if years is None:
                return (), amount
            equal = tuple(Instalment(year, None) for year in range(1, years + 1))
            if "each_up_to" not in parts or amount is None:
                return equal, amount
            most = self.money(parts["each_up_to"], f"{node_id}/each_up_to", scope)
            return equal, None if most is None else _paid_in_years(amount, most, years)
        rows = self.items(node, "instalments")
        listed = [part for row in rows if (part := self._instalment(row)) is not None]
        in_years = [part.year for part in listed if part.year is not None]
        if len(set(in_years)) < len(in_years):
            words = {"key": "year", "advice_zh": "每一年只写一期", "advice_en": "write one part for each year"}
            self.report(Code.KEY_MISPLACED, node.span, words)
        if len(listed) == len(rows):
            self._leave_nothing_over(listed, None if amount is None else stated(amount), node.span)
        return tuple(listed), amount

    def _leave_nothing_over(self, parts: list[Instalment], whole: Decimal | None, span: Span) -> None:
        """Shares make a whole, sums the stated sum; or the last part, and no other, is the rest of what they leave.

        `whole` is the one sum of the award. Where it has none, sums are taken as they are written.
        """
        shares = [part.share for part in parts if part.share is not None]
        sums = [part.exact for part in parts if part.exact is not None]
        if shares and sums:
            words = {
                "key": "exact",
                "advice_zh": "各期都写 `share`，或都写 `exact`",
                "advice_en": "every part has a `share`, or every part a sum",
            }
            self.report(Code.KEY_MISPLACED, span, words)
            return
        given = sum(sums or shares, Decimal(0))
        rest = bool(parts) and parts[-1].rest
        all_of_it = whole if sums else Decimal(1)
        fits = given > 0 if all_of_it is None else 0 < given < all_of_it if rest else given == all_of_it
        if len(shares) + len(sums) + rest < len(parts) or not fits:
            come_to = writing.written(YUAN if sums else RateType(), given)
            self.report(Code.INSTALMENTS_DO_NOT_FIT, span, {"written": come_to})

    def _paid_after(self, fields: Fields, unpaid: str | None) -> tuple[Instalment, ...]:
        """`paid_after: 证监会受理上市申请`: the whole award waits for that, which is no condition of it."""
        words = {
            "key": "paid_after",
            "advice_zh": "分期的写在那一期的 `after`",
            "advice_en": "write it as `after` of the instalment that waits",
        }
        if unpaid is not None:
            words |= {"advice_zh": "只用于拨付金额的奖补", "advice_en": "it goes with an award that pays money"}
        if "instalments" in fields or unpaid is not None:
            self.report(Code.KEY_MISPLACED, fields["paid_after"].span, words)
        after = self.text(fields["paid_after"])
        return (Instalment(None, Decimal(1), after),) if after is not None else ()

    def _instalment(self, row: Node) -> Instalment | None:
        """`{share: 50%}`, `{exact: 10万元}` or `{rest: true}`, with its `year`, or `after` what it waits for."""
        mapping = self.mapping(row)
        if mapping is None:
            return None
        parts = self.fields(mapping, ("year", "share", "exact", "rest", "after"))
        rest = self.value(BooleanType(), parts["rest"]) is True if "rest" in parts else False
        amounts = [key for key in ("share", "exact", "rest") if key in parts and (key != "rest" or rest)]
        if len(amounts) > 1:
            first, second = amounts[:2]
            words = {
                "key": second,
                "advice_zh": f"与 `{first}` 只写一个",
                "advice_en": f"write it or `{first}`, not both",
            }
            self.report(Code.KEY_MISPLACED, parts[second].span, words)
            return None
        if "after" in parts and "year" in parts:
            words = {"key": "after", "advice_zh": "与 `year` 只写一个", "advice_en": "write it or `year`, not both"}
            self.report(Code.KEY_MISPLACED, parts["after"].span, words)
        share = self.value(RateType(), parts.get("share"))
        exact = self.value(YUAN, parts.get("exact"))
        year = self.whole(parts["year"], 1, 50) if "year" in parts else None
        read = {"share": share, "exact": exact, "year": year}
        if any(found is None and key in parts for key, found in read.items()):
            return None
        after = self.text(parts.get("after"))
        share_of_it, sum_of_it = (None if found is None else as_number(found) for found in (share, exact))
        return Instalment(year, share_of_it, after, rest, sum_of_it)

    def _texts(self, node: Node | None, key: str) -> tuple[str, ...]:
        texts = [self.text(one) for one in self.items(node, key)]
        return tuple(text for text in texts if text is not None)


def per_of(node: Node) -> Per | None:
    """What `per` says: this application, a company ever, or a company in a year; None for anything else."""
    words = {word.text if isinstance(word, Scalar) else "" for word in listed(node)}
    named = {Per.APPLICATION: {"application"}, Per.COMPANY: {"company"}, Per.COMPANY_YEAR: {"company", "year"}}
    return next((per for per, those in named.items() if words == those), None)


def basis_of(term: Term) -> Basis:
    """How an amount is fixed, as far as anything in it is left to an authority or unpublished."""
    kinds = {_basis_of_decided(part) for part in terms_within(term) if isinstance(part, Decided)}
    weakest = (Basis.DISCRETIONARY, Basis.UNPUBLISHED, Basis.RANGE, Basis.FLOOR, Basis.CEILING)
    return next((basis for basis in weakest if basis in kinds), Basis.EXACT)


def _basis_of_limited(amount: Term) -> Basis:
    """Of what a budget limits only the upper end still holds, where there is one."""
    basis = basis_of(amount)
    return {Basis.RANGE: Basis.CEILING, Basis.FLOOR: Basis.DISCRETIONARY}.get(basis, basis)


def _basis_of_decided(decided: Decided) -> Basis:
    if decided.unpublished:
        return Basis.UNPUBLISHED
    match decided.low is not None, decided.high is not None:
        case True, True:
            return Basis.RANGE
        case True, False:
            return Basis.FLOOR
        case False, True:
            return Basis.CEILING
        case _:
            return Basis.DISCRETIONARY


def stated(term: Term) -> Decimal | None:
    """The one figure of an amount that is nothing else: the sum, or the ceiling or floor written out."""
    match term:
        case Literal(value) | Decided(None, Literal(value), False, None) | Decided(Literal(value), None, False):
            return as_number(value)
        case _:
            return None


def _paid_in_years(amount: Term, most: Term, years: int) -> Term:
    """In equal parts, none above what `most` is in its year.

    A limit written as a sum is the same in every year; of what is worked out, only this year's is known.
    """
    if isinstance(most, Literal):
        assert isinstance(most.value, Decimal), "a limit is a sum of money"
        in_all = Literal(EXACT.multiply(most.value, Decimal(years)), most.type)
        return Combined(How.SMALLEST, (amount, in_all))
    # The mean of the amount and of nothing in the other years: exact where a third of it is not a decimal.
    part = Combined(How.MEAN, (amount, *([NO_MONEY] * (years - 1))))
    first = Combined(How.SMALLEST, (part, most))
    if years == 1:
        return first
    later = Decided(None, Combined(How.MEAN, (*([amount] * (years - 1)), NO_MONEY)), unpublished=False)
    return Combined(How.SUM, (first, later))
