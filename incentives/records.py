"""Records: named tuples that the type checker takes for classes of their own. Imports nothing of this project.

The unions of what a policy is made of hold one another. Named tuples are compared item by item, so that a type
checker walks such unions again for each case of each match, for minutes; classes it tells apart by their names.
At run time records are named tuples all the same: quick to define, to make and to compare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from dataclasses import Field
    from dataclasses import replace as replaced
    from typing import ClassVar, dataclass_transform

    @dataclass_transform(frozen_default=True)
    class Record:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

else:
    Record = NamedTuple

    def replaced(record, /, **changes):
        """The record with some of its fields changed."""
        return record._replace(**changes)


__all__ = ["Record", "replaced"]
