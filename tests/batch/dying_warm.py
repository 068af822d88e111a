"""Imported by the process that runs are forked from: loads whatever they load."""

from tests.batch.dying import warm_up

warm_up()
