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
