"""Results that a console prints and a notebook shows in words instead of as Python code."""

from __future__ import annotations

from html import escape

from lif_nlp.text.english import in_figures


class InWords:
    """A result that says in `lines` what it is, one sentence or figure in each.

    >>> class Done(InWords):
    ...     def lines(self) -> list[str]:
    ...         return ["1 new decision"]
    >>> print(Done())
    1 new decision
    >>> Done()._repr_html_()
    '<p>1 new decision</p>'
    """

    # Without slots of its own, a record with slots would have a dictionary all the same.
    __slots__ = ()

    def lines(self) -> list[str]:
        """What there is to say, the most important first."""
        raise NotImplementedError

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.lines())


def reports_in_words(stating: int, *, likely: int | None = None, of: int | None = None) -> str:
    """How many reports state a learning point.

    Whoever reads all reports finds more that state it, seldom fewer, so a count is never told as
    if it were exact where more are likely, or where nobody knows.

    Parameters
    ----------
    stating
        Reports that surely state it.
    likely
        Reports that likely do, the less sure ones included; None where that is not known.
    of
        Reports that could have stated it, if these are to be told.

    >>> reports_in_words(14, likely=19, of=83)
    'at least 14 of 83 reports (likely about 19)'
    >>> reports_in_words(14, likely=14), reports_in_words(3), reports_in_words(1, of=1)
    ('14 reports', 'at least 3 reports', '1 of 1 report')
    >>> reports_in_words(0, likely=1, of=83), reports_in_words(0)
    ('0 of 83 reports (likely about 1)', '0 reports')
    """
    reports = in_figures(stating, "report")
    if of is not None:
        reports = f"{stating:,} of {in_figures(of, 'report')}"
    # "at least" none says nothing
    least = f"at least {reports}" if stating else reports
    if likely is not None and likely > stating:
        return f"{least} (likely about {likely:,})"
    return reports if likely is not None or stating == of else least


def point_reports_in_words(documents: int, likely: int, of: int | None = None) -> str:
    """`reports_in_words` of a learning point by its columns `documents` and `likely`.

    `likely` is the same as `documents` where no more are, and where nobody knows, as for a point
    that no test was taught.

    >>> point_reports_in_words(6, 6, of=83)
    'at least 6 of 83 reports'
    """
    return reports_in_words(documents, likely=likely if likely > documents else None, of=of)


def outcome_lines(new_count: int, **remarks: tuple[str, ...]) -> list[str]:
    """What became of decisions: how many are new, then each remark with its kind before it.

    >>> outcome_lines(2, conflict=("there is no theme t-1",))
    ['2 new decisions, 1 conflict unresolved', 'conflict: there is no theme t-1']
    """
    new, conflicts = in_figures(new_count, "new decision"), len(remarks.get("conflict", ()))
    return [
        f"{new}, {in_figures(conflicts, 'conflict')} unresolved" if conflicts else new,
        *(
            f"{kind.replace('_', ' ')}: {sentence}"
            for kind, sentences in remarks.items()
            for sentence in sentences
        ),
    ]
