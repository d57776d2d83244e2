"""Findings about what a person wrote: a code, a place and the words to fill its message with.

Imports nothing of this project. The messages themselves, in Chinese and English, are beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from incentives.records import NamedTuple


class Span(NamedTuple):
    """A place in a text: file name as the reader knows it; lines and columns start at 1; the end is exclusive."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


class Code(StrEnum):
    """One code for each kind of finding; a code never changes its meaning. `docs/errors.md` explains each."""

    # The file as text.
    FILE_MISSING = "E0101"
    FILE_IS_DIRECTORY = "E0102"
    FILE_TOO_LARGE = "E0103"
    FILE_NOT_TEXT = "E0104"
    FILE_EMPTY = "E0105"
    YAML_SYNTAX = "E0106"
    DUPLICATE_KEY = "E0107"
    KEY_NOT_TEXT = "E0108"
    ANCHOR = "E0109"
    TAG = "E0110"
    TOO_DEEP = "E0111"
    BOOLEAN_WORD = "E0112"
    NUMBER_NOTATION = "E0113"
    FLOAT = "E0114"
    SEVERAL_DOCUMENTS = "E0115"
    JSON_SYNTAX = "E0116"
    NOT_A_MAPPING = "E0117"
    FILE_UNREADABLE = "E0118"
    CONTROL_CHARACTER = "E0119"
    CUT_BY_COMMA = "E0120"
    WORDS_CUT_BY_COMMA = "E0121"
    # The shape of a policy or vocabulary file.
    UNKNOWN_KEY = "E0201"
    MISSING_KEY = "E0202"
    WRONG_SHAPE = "E0203"
    NOT_A_CONDITION = "E0204"
    TEST_MISSING = "E0205"
    LANGUAGE_VERSION = "E0206"
    BAD_ID = "E0207"
    EMPTY_LIST = "E0208"
    NOT_ALLOWED_HERE = "E0209"
    EMPTY_VALUE = "E0210"
    KEY_MISPLACED = "E0211"
    BAD_PATTERN = "E0212"
    # What a policy means.
    UNKNOWN_FACT = "E0301"
    AMBIGUOUS_FACT = "E0302"
    UNKNOWN_ENTITY = "E0303"
    TEST_DOES_NOT_FIT = "E0304"
    FACT_OUT_OF_REACH = "E0305"
    BAND_IS_EMPTY = "E0306"
    VERSIONS_OVERLAP = "E0307"
    DUPLICATE_VERSION = "E0308"
    PERIOD_REVERSED = "E0309"
    POLICY_ID_DIFFERS = "E0310"
    UNKNOWN_POLICY = "E0311"
    NO_POLICIES = "E0312"
    OPEN_WITHOUT_LIST = "E0313"
    BOUND_TWICE = "E0314"
    AWARD_FORM = "E0315"
    STRAY_FILE = "E0316"
    # What an amount, a definition or a rule means.
    NOT_A_TERM = "E0317"
    YEAR_NEEDED = "E0318"
    NOT_YEARLY = "E0319"
    TYPES_DIFFER = "E0320"
    DEFINITION_CYCLE = "E0321"
    UNKNOWN_CLAUSE = "E0322"
    CAPS_OVERLAP = "E0323"
    UNKNOWN_IMPORT = "E0324"
    NAME_TAKEN = "E0325"
    BAD_NAME = "E0326"
    NOT_A_LIST_FACT = "E0327"
    NOT_A_DURATION = "E0328"
    STEPS_OUT_OF_ORDER = "E0329"
    UNIT_DIFFERS = "E0330"
    NO_LEDGER = "E0331"
    NO_TITLES = "E0332"
    CLAUSE_TWICE = "E0333"
    RULE_FORM = "E0334"
    ITEMS_DIFFER = "E0335"
    WORD_IS_A_NAME = "E0336"
    ROW_UNREACHABLE = "E0337"
    EXCLUDES_ITSELF = "E0338"
    IMPORT_CYCLE = "E0339"
    TIER_UNNAMED = "E0340"
    DECLARED_OTHERWISE = "E0341"
    CHOICES_WITHOUT_ORDER = "E0342"
    FACT_OF_ANOTHER = "E0343"
    NOT_A_POLICY = "E0347"
    INSTALMENTS_DO_NOT_FIT = "E0348"
    # A single value.
    MONEY_BARE_NUMBER = "E0401"
    MONEY_WITHOUT_YUAN = "E0402"
    MONEY_UNREADABLE = "E0403"
    MONEY_BELOW_FEN = "E0404"
    MONEY_TOO_LARGE = "E0405"
    NEGATIVE = "E0406"
    THOUSANDS = "E0407"
    RATE_BARE_NUMBER = "E0408"
    RATE_UNREADABLE = "E0409"
    DATE_UNREADABLE = "E0410"
    COUNT_UNREADABLE = "E0411"
    QUANTITY_UNREADABLE = "E0412"
    NOT_BOOLEAN = "E0413"
    NOT_TEXT = "E0414"
    NOT_A_CHOICE = "E0415"
    CODE_UNREADABLE = "E0416"
    NOT_ONE_VALUE = "E0417"
    NOT_A_LIST = "E0418"
    USCC_UNREADABLE = "E0419"
    NUMBER_TOO_LARGE = "E0420"
    ABOVE_UPPER = "E0421"
    UNIT_NOT_EVEN = "E0422"
    YEAR_MISSING = "E0423"
    NOT_BY_YEARS = "E0424"
    NOT_A_YEAR = "E0425"
    EARLIER_THAN_NOTHING = "E0426"
    # A profile.
    UNKNOWN_PROFILE_FACT = "E0501"
    FACT_ELSEWHERE = "E0502"
    ITEM_NOT_A_MAPPING = "E0503"
    ITEM_WITHOUT_NAME = "E0504"
    DUPLICATE_ITEM = "E0505"
    NOT_A_PROFILE = "E0506"
    # The command line.
    ENGINE_UNAVAILABLE = "E0601"
    REPORT_FORMAT = "E0602"
    REPORT_EXTRA = "E0603"
    REPORT_OF_SEVERAL = "E0604"
    SAVED_OVER_ANOTHER = "E0605"
    NO_PLACE_TO_WRITE = "E0606"
    CLAUSE_NOT_FOUND = "E0611"
    CLAUSE_AMBIGUOUS = "E0612"
    DAY_IS_PAST = "E0613"
    TARGET_OF_NOTHING = "E0614"
    NOT_A_NUMBER_FACT = "E0631"
    ITEM_NEEDED = "E0632"
    NO_SUCH_ITEM = "E0633"
    RANGE_REVERSED = "E0634"
    PICTURE_FORMAT = "E0635"
    PICTURE_EXTRA = "E0636"
    YEAR_UNREADABLE = "E0637"
    NOT_OF_AN_ITEM = "E0638"
    NOT_BY_YEAR = "E0639"
    # Worth a look, and no reason to refuse.
    ROWS_APART = "W0301"
    ONCE_AND_AGAIN = "W0302"
    EXCLUDES_NOBODY = "W0303"
    TITLES_BY_NAME = "W0304"
    USCC_CHECK_DIGIT = "W0501"
    FOUNDED_LATER = "W0502"
    DAY_LATER = "W0503"


class Diagnostic(NamedTuple):
    """One finding. `words` fill the placeholders of the message for `code`; they quote what was written."""

    code: Code
    span: Span
    words: Mapping[str, str] = MappingProxyType({})

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")


class IncentivesError(Exception):
    """Base of every error this package raises on purpose.

    IncentivesError
    ├── Refused             input that was refused, with every problem found
    │   ├── PolicyRefused   a policy or vocabulary file
    │   └── ProfileRefused  a company profile
    └── EngineUnavailable   the engine asked for is not installed here
    """


class Refused(IncentivesError):
    """Input refused whole. `diagnostics` holds every problem, in file order; `sources` the text of each file."""

    def __init__(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, str] | None = None) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda found: (found.span, found.code)))
        self.sources = dict(sources or {})
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        from incentives.diagnostics.render import render_diagnostics

        return render_diagnostics(self.diagnostics, self.sources, "en")


class PolicyRefused(Refused):
    """A policy set that cannot be used."""


class ProfileRefused(Refused):
    """A profile that cannot be read."""


class EngineUnavailable(IncentivesError):
    """The engine asked for is not installed in this environment."""

    def __init__(self, name: str, present: tuple[str, ...]) -> None:
        self.name = name
        self.present = present
        super().__init__(name, present)

    def __str__(self) -> str:
        return f"engine `{self.name}` is not installed here; present: {', '.join(self.present)}"
