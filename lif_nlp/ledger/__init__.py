"""What became of a recommendation: asked, answered, acted on, checked, passed on.

Rows of trackers, sentences of responses and of audits become records (`ledger_records`) with
their source.  Position, progress and effect are three fields.  Nothing is inferred from
silence: where no source says anything, the state is that nothing is recorded.
"""
