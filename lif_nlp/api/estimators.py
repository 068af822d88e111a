"""Practice labels and themes as scikit-learn knows estimators: texts in, frames out.

Both take a plain list of texts (or a Series) and stand in a Pipeline.  The constructor
only stores; `fit` loads and checks; fitted names end in `_`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.utils.validation import check_is_fitted

from lif_nlp.api.estimator_inputs import as_encoder, as_pipeline, checked
from lif_nlp.choices import Output, Profile
from lif_nlp.config import load_settings
from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.framework import Framework, load_framework
from lif_nlp.ids import text_key
from lif_nlp.protocols import Encoder, Vectors
from lif_nlp.records import HINDSIGHT_CODES, ROLES, Finding, Theme, ThemeSet

if TYPE_CHECKING:
    from bertopic import BERTopic
    from spacy.language import Language

    from lif_nlp.annotate import Annotator
    from lif_nlp.config import Settings
    from lif_nlp.themes.discovery.topic_model import CustomModels
    from lif_nlp.themes.topics import FittedTopics

OUTPUTS = ("labels", "scores")

MIN_TEXTS_PER_PROCESS = 500
"""Texts from which another process is worth its start: it spends some ten seconds on loading
the models.  Chosen by judgement; not tuned."""

_LOADED = ("annotator_", "encoder_", "_topics")
"""Attributes that are loaded from files, and so not part of a pickle."""

LABELS = ("role", "why", "hindsight", "aware", "priorities", "themes", "actor", "agencies")


class _TextEstimator(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """What both share: which framework, profile and encoder are used."""

    framework: str | Path | None
    profile: Profile
    encoder: str | Encoder
    spacy_model: str | Language
    rules_only: bool

    annotator_: Annotator
    encoder_: Encoder
    framework_: Framework

    def _load(self) -> None:
        """Load framework, encoder and annotator, as the parameters say."""
        from lif_nlp.workflow.annotate import standalone_annotator

        settings = self._settings()
        self.framework_ = load_framework(settings.framework)
        self.annotator_, self.encoder_ = standalone_annotator(
            settings, as_encoder(self.encoder), as_pipeline(self.spacy_model)
        )

    def _label(self, words: list[str]) -> list[Finding]:
        """The findings of texts; what a pickle left out is loaded first."""
        if not hasattr(self, "annotator_"):
            self._load()
        return list(self.annotator_.label(words)) if words else []

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the loaded models, which are loaded again when they are needed.

        A pickle is thus small, and holds no more code than the parameters do.
        """
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name not in _LOADED}

    def save(self, folder: str | Path) -> None:
        """Keep the estimator in a folder, as JSON and numbers and without pickle.

        A fitted `ThemeModel` keeps its texts there too.

        Raises
        ------
        LifError
            For a parameter that is an object, such as a model of your own.
        """
        from lif_nlp.api.saved_estimators import save_estimator

        save_estimator(type(self).__name__, self.get_params(), Path(folder), self._fitted_parts())

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """The estimator that `save` kept; no code in the folder is run.

        Raises
        ------
        LifError
            When the folder holds none, or one of another class, or was damaged.
        """
        from lif_nlp.api.saved_estimators import read_estimator, whole

        parameters, parts = read_estimator(cls.__name__, Path(folder))
        with whole(Path(folder)):
            estimator = cls(**parameters)
            estimator._restore(parts)
        return estimator

    def _fitted_parts(self) -> dict[str, bytes]:
        """What `fit` gave, as files to be saved; nothing unless a class learns from texts."""
        return {}

    def _restore(self, parts: dict[str, bytes]) -> None:
        """Take back what `_fitted_parts` gave."""

    def _settings(self) -> Settings:
        framework = Path(self.framework) if self.framework else None
        return load_settings(
            framework=framework,
            profile=self.profile,
            encoder=self.encoder if isinstance(self.encoder, str) and self.encoder else None,
            spacy_model=(isinstance(self.spacy_model, str) and self.spacy_model) or None,
            rules_only=self.rules_only or None,
        )

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """Names of the columns that `transform` gives."""
        check_is_fitted(self)
        return np.asarray(self._columns(), dtype=object)

    def _columns(self) -> list[str]:
        raise NotImplementedError


class PracticeAnnotator(_TextEstimator):
    """Says of each text what it tells about practice.

    `output` "labels" gives the columns role, why, hindsight, aware, priorities, themes,
    actor and agencies; "scores" gives numbers only (0..1), one column per label, for a
    classifier to go on from.  `framework` is the path of a framework file, `profile`
    "accurate" or "fast"; `encoder` names another encoder, or is one (an object with `encode`,
    `dim`, `name` and `revision`, or a SentenceTransformer); `spacy_model` names an installed
    pipeline that splits sentences, or is one; `rules_only` leaves the trained models out, which is
    clearly less accurate; `n_jobs` is the number of processes that label, as in scikit-learn.
    Nothing is learned from the texts, so `transform` also works without `fit`.

    >>> annotator = PracticeAnnotator(encoder="hashed")
    >>> annotator.transform(["The school failed to tell the GP."])[["role", "hindsight"]]
          role hindsight
    0  problem  (blame,)
    """

    def __init__(
        self,
        *,
        output: Output = "labels",
        framework: str | Path | None = None,
        profile: Profile = "accurate",
        encoder: str | Encoder = "",
        spacy_model: str | Language = "",
        rules_only: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        self.output = output
        self.framework = framework
        self.profile = profile
        self.encoder = encoder
        self.spacy_model = spacy_model
        self.rules_only = rules_only
        self.n_jobs = n_jobs

    def fit(self, texts: Iterable[str], y: object = None) -> Self:
        """Load framework and models; the texts are only checked."""
        if self.output not in OUTPUTS:
            raise UnknownNameError("output", self.output, list(OUTPUTS))
        checked(texts)
        self._load()
        return self

    def transform(self, texts: Iterable[str]) -> pd.DataFrame:
        """One row per text, in order, with the index of a Series kept."""
        index, words = checked(texts)
        if not hasattr(self, "annotator_"):
            self.fit([])
        findings = self._label_in_parts(words)
        make = _labels if self.output == "labels" else self._scores
        return pd.DataFrame([make(f) for f in findings], columns=self._columns(), index=index)

    def predict(self, texts: Iterable[str]) -> npt.NDArray[np.object_]:
        """The role of each text, in order: strength, problem, action or context."""
        return np.asarray([f.role for f in self._label_in_parts(checked(texts)[1])], dtype=object)

    def _label_in_parts(self, words: list[str]) -> list[Finding]:
        """The findings of texts, by as many processes as `n_jobs` asks for."""
        from joblib import Parallel, delayed, effective_n_jobs

        jobs = min(effective_n_jobs(self.n_jobs), max(1, len(words) // MIN_TEXTS_PER_PROCESS))
        if jobs == 1:
            return self._label(words)
        bounds = np.linspace(0, len(words), jobs + 1).astype(int).tolist()
        parts = [words[begin:end] for begin, end in pairwise(bounds)]
        labelled = Parallel(n_jobs=jobs)(delayed(self._label)(part) for part in parts)
        return [finding for part in labelled for finding in part]

    def _columns(self) -> list[str]:
        if self.output == "labels":
            return list(LABELS)
        framework = self.framework_
        return [
            *(f"role:{role}" for role in ROLES),
            "why",
            *(f"hindsight:{code}" for code in HINDSIGHT_CODES),
            "aware",
            *(f"priority:{p.id}" for p in framework.priorities),
            *(f"theme:{t.code}" for t in framework.themes),
        ]

    def _scores(self, finding: Finding) -> dict[str, float]:
        """A score where the pipeline gives one; 1 and 0 for a label given or not."""
        labels = {f"role:{finding.role}": 1.0, "why": finding.why, "aware": finding.aware}
        labels |= {f"hindsight:{code}": 1.0 for code in finding.hindsight}
        labels |= {f"priority:{p}": 1.0 for p in finding.priorities}
        labels |= {f"theme:{t}": 1.0 for t in finding.themes}
        scores = {**labels, **finding.scores}
        return {name: float(scores.get(name, 0.0)) for name in self._columns()}

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.string = False, True
        tags.requires_fit = False
        return tags


class ThemeModel(_TextEstimator):
    """Themes of a list of texts: those of the framework, parts of them, and emergent ones.

    The order of the texts makes no difference, and a text that occurs twice counts once.

    Parameters
    ----------
    framework
        Path of a framework file; the framework that ships when None.
    profile
        "accurate" or "fast".
    encoder
        Name or path of another encoder than the profile's, or one as `PracticeAnnotator` takes.
    spacy_model
        Name of an installed spaCy pipeline that splits sentences, or such a pipeline.
    rules_only
        Label with the rules alone, without trained models.
    seed
        Kept with the themes; our own method uses no random numbers.
    cluster_model
        Your own cluster model for the emergent themes, as BERTopic takes it for
        `hdbscan_model`: HDBSCAN, KMeans, anything with `fit` and `labels_`.  It takes the
        place of our deterministic one, and `stability` is then NaN, since nothing measures
        it.  Texts that it leaves out still join a theme that they are near enough to.
    dimensionality_model
        Your own dimensionality reduction for it, such as UMAP.  Without one, vectors are
        clustered as they are.

    Attributes
    ----------
    themes_
        Frame with `theme_id`, `name`, `kind`, `texts`, `stability` (0..1) and `terms`.
    theme_set_
        The record behind it.
    topic_model_
        A fitted BERTopic over the texts, with the themes as its topics and their names as
        custom labels.
    topic_documents_
        Its documents in order: `text`, `topic`, `theme_id`, `theme`.
    discovery_model_
        The fitted BERTopic with your `cluster_model`, over the texts that no theme of the
        framework explains; None without a `cluster_model`, or below 40 such texts.  A
        cluster that no phrase names is a topic of it and no theme.

    >>> from sklearn.cluster import HDBSCAN
    >>> model = ThemeModel(encoder="hashed", cluster_model=HDBSCAN(min_cluster_size=5))
    >>> model.get_params()["cluster_model"].min_cluster_size
    5
    """

    def __init__(
        self,
        *,
        framework: str | Path | None = None,
        profile: Profile = "accurate",
        encoder: str | Encoder = "",
        spacy_model: str | Language = "",
        rules_only: bool = False,
        seed: int = 20240601,
        cluster_model: Any = None,
        dimensionality_model: Any = None,
    ) -> None:
        self.framework = framework
        self.profile = profile
        self.encoder = encoder
        self.spacy_model = spacy_model
        self.rules_only = rules_only
        self.seed = seed
        self.cluster_model = cluster_model
        self.dimensionality_model = dimensionality_model

    def fit(self, texts: Iterable[str], y: object = None) -> Self:
        """Label the texts and group what the known themes leave unexplained.

        Raises
        ------
        LifError
            When the texts are not texts, or a `dimensionality_model` has no `cluster_model`.
        """
        from lif_nlp.themes.build import build_themes_and_model

        custom = self._custom_models()
        _, words = checked(texts)
        self._load()
        # Each text is a report of its own, so that a theme is counted over texts.
        keys = {text_key(text): text for text in words}
        labelled = self._label(list(keys.values()))
        self._findings = [
            replace(finding, finding_id=key, doc_id=key)
            for key, finding in zip(keys, labelled, strict=True)
        ]
        self._finding_vectors = self._vectors(list(keys.values()))
        self._topics: FittedTopics | None = None
        self.theme_set_: ThemeSet
        self.theme_set_, model = build_themes_and_model(
            self._findings, self._finding_vectors, self.framework_, seed=self.seed, custom=custom
        )
        self.discovery_model_: BERTopic | None = model if custom else None
        self.themes_ = self._as_frame(self.theme_set_)
        return self

    def _fitted_parts(self) -> dict[str, bytes]:
        from lif_nlp.api.saved_estimators import pack_themes

        if not hasattr(self, "theme_set_"):
            return {}
        return pack_themes(self.theme_set_, self._findings, self._finding_vectors)

    def _restore(self, parts: dict[str, bytes]) -> None:
        from lif_nlp.api.saved_estimators import unpack_themes

        if parts:
            self.framework_ = load_framework(self.framework)
            self.theme_set_, self._findings, self._finding_vectors = unpack_themes(parts)
            self.discovery_model_ = None
            self.themes_ = self._as_frame(self.theme_set_)

    def _custom_models(self) -> CustomModels | None:
        from lif_nlp.themes.discovery.topic_model import CustomModels

        if self.cluster_model is not None:
            return CustomModels(
                clone(self.cluster_model, safe=False), clone(self.dimensionality_model, safe=False)
            )
        if self.dimensionality_model is not None:
            raise LifError(
                "dimensionality_model is given without cluster_model; our own clusterer needs the "
                "vectors as they are, so give a cluster model too, such as HDBSCAN"
            )
        return None

    @property
    def topic_model_(self) -> BERTopic:
        """A fitted BERTopic whose topics are the themes; LifError when there are none."""
        return self._fitted_topics().model

    @property
    def topic_documents_(self) -> pd.DataFrame:
        """The documents of `topic_model_` in its order; LifError when there are no themes."""
        topics = self._fitted_topics()
        return pd.DataFrame(
            {
                "text": [finding.text for finding in topics.findings],
                "topic": topics.model.topics_,
                "theme_id": [theme.theme_id if theme else "" for theme in topics.themes],
                "theme": [theme.name if theme else "" for theme in topics.themes],
            }
        )

    def _fitted_topics(self) -> FittedTopics:
        from lif_nlp.themes.topics import fit_topics

        check_is_fitted(self)
        topics: FittedTopics | None = getattr(self, "_topics", None)
        if topics is None:
            topics = self._topics = fit_topics(
                self.theme_set_,
                [theme for theme in self.theme_set_.themes if theme.kind != "sub"],
                self._findings,
                self._finding_vectors,
                self.framework_,
                encode=self._vectors,
            )
        return topics

    def transform(self, texts: Iterable[str]) -> pd.DataFrame:
        """Confidence (0..1) that each text belongs to each theme, in order of the texts.

        The texts need not be those of `fit`.
        """
        check_is_fitted(self)
        index, words = checked(texts)
        confidences = np.zeros((len(words), len(self.theme_set_.themes)))
        if words:
            findings, vectors = self._label(words), self._vectors(words)
            for place, theme in enumerate(self.theme_set_.themes):
                confidences[:, place] = self._confidences(theme, findings, vectors)
        return pd.DataFrame(confidences, index=index, columns=self._columns())

    def predict(self, texts: Iterable[str]) -> npt.NDArray[np.object_]:
        """ID of the theme that each text most surely belongs to, in order; "" for none."""
        confidences = self.transform(texts)
        best = [
            str(row.idxmax()) if len(row) and row.max() > 0 else ""
            for _, row in confidences.iterrows()
        ]
        return np.asarray(best, dtype=object)

    def _confidences(
        self, theme: Theme, findings: list[Finding], vectors: Vectors
    ) -> Vectors | list[float]:
        phrases = self.theme_set_.phrases
        if theme.kind == "known":
            return _coded(theme.theme_id, findings)
        if theme_phrases := phrases.get(theme.theme_id):
            return self._by_phrase(theme, theme_phrases, findings)
        return self._near(theme, findings, vectors)

    def _by_phrase(
        self, theme: Theme, phrases: Sequence[str], findings: list[Finding]
    ) -> list[float]:
        """Confidence in a theme led by phrases: its parent's, where a text contains one."""
        from lif_nlp.text.phrase_matching import PhraseMatcher

        matcher = PhraseMatcher({theme.theme_id: phrases}, for_themes=True)
        parents = zip(findings, _coded(theme.parent, findings), strict=True)
        return [
            confidence * bool(confidence and matcher.labels_in(finding.text))
            for finding, confidence in parents
        ]

    def _near(self, theme: Theme, found: list[Finding], vectors: Vectors) -> Vectors:
        """Confidence in a found theme: a text joins where it is as near as the theme's own are.

        As in `fit`, an emergent theme takes texts without a code, a sub-theme those of
        its parent.
        """
        if not theme.centroid:
            return np.zeros(len(found), dtype=np.float32)
        floors = self.theme_set_.floors
        near = np.clip(vectors @ np.asarray(theme.centroid, dtype=np.float32), 0, 1)
        fits = [theme.parent in f.themes if theme.parent else not f.themes for f in found]
        return np.where(fits & (near >= float(floors.get(theme.theme_id, 1.0))), near, 0)

    def _columns(self) -> list[str]:
        return [theme.theme_id for theme in self.theme_set_.themes]

    def _vectors(self, words: list[str]) -> Vectors:
        if not hasattr(self, "encoder_"):
            self._load()
        return np.asarray(self.encoder_.encode(words), dtype=np.float32)

    def _as_frame(self, built: ThemeSet) -> pd.DataFrame:
        counts: dict[str, int] = {}
        for assignment in built.assignments:
            counts[assignment.theme_id] = counts.get(assignment.theme_id, 0) + 1
        rows = [
            (t.theme_id, t.name, t.kind, counts.get(t.theme_id, 0), t.stability, t.terms)
            for t in built.themes
        ]
        columns = ["theme_id", "name", "kind", "texts", "stability", "terms"]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.sort_values(["texts", "theme_id"], ascending=[False, True], ignore_index=True)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.string = False, True
        return tags


def _coded(code: str, found: list[Finding]) -> list[float]:
    """The score of a known theme where a text carries its code, else 0."""
    return [float(f.scores.get(f"theme:{code}", 1.0)) * (code in f.themes) for f in found]


def _labels(finding: Finding) -> dict[str, object]:
    return {name: getattr(finding, name) for name in LABELS}
