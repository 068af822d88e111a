"""The public names of lif_nlp, each with the module that it lies in."""

from lif_nlp.about import SAMPLE as SAMPLE
from lif_nlp.about import __version__ as __version__
from lif_nlp.api.estimators import PracticeAnnotator as PracticeAnnotator
from lif_nlp.api.estimators import ThemeModel as ThemeModel
from lif_nlp.api.functions import agreement as agreement
from lif_nlp.api.functions import check as check
from lif_nlp.api.functions import label_texts as label_texts
from lif_nlp.api.functions import score_gold as score_gold
from lif_nlp.api.workspace import Workspace as Workspace
from lif_nlp.api.workspace import load_sample as load_sample
from lif_nlp.display.frame import show as show
from lif_nlp.errors import LifError as LifError
from lif_nlp.framework import Framework as Framework
from lif_nlp.framework import load_framework as load_framework
