#!/usr/bin/env python3
"""Writes tests/golden/ml/forest.json: what scikit-learn answers on small data sets that are kept in the file too.

Trees: only data and options that give the same tree for twenty random_states, that is, without ties between
splits. Forests: the mean accuracy of ten seeds on held-out data. Metrics: precision_recall_fscore_support.
Made with scikit-learn 1.9.1. Run: python tools/golden/forest.py
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import make_circles, make_classification, make_moons
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import precision_recall_fscore_support
from sklearn.tree import DecisionTreeClassifier

OUT = pathlib.Path(__file__).resolve().parent.parent.parent / "tests" / "golden" / "ml" / "forest.json"
SEEDS = range(20)


def rounded(x):
    return np.round(x, 2).astype(np.float32)


def flat(x):
    return [round(float(v), 2) for v in np.asarray(x).ravel()]


def sets():
    yield "moons", *make_moons(300, noise=0.25, random_state=1)
    yield "circles", *make_circles(300, noise=0.15, factor=0.5, random_state=2)
    yield "three classes", *make_classification(300, 6, n_informative=4, n_redundant=1, n_classes=3, class_sep=1.2, random_state=3)


def tree_case(name, x, y, options, weights):
    train, test = slice(0, 150), slice(150, 300)
    fitted = [DecisionTreeClassifier(random_state=s, **options).fit(x[train], y[train], weights) for s in SEEDS]
    answers = [t.predict(x[test]).tolist() for t in fitted]
    first = fitted[0]
    if any(a != answers[0] for a in answers) or any(t.feature_importances_.tolist() != first.feature_importances_.tolist() for t in fitted):
        return None
    return {"set": name, "options": options, "weights": None if weights is None else flat(weights), "predict": answers[0],
            "proba": [round(float(v), 9) for v in first.predict_proba(x[test])[:20].ravel()],
            "importances": [round(float(v), 9) for v in first.feature_importances_],
            "nodes": first.tree_.node_count, "depth": first.get_depth()}


def forest_case(name, x, y):
    train, test = slice(0, 150), slice(150, 300)
    scores, importances = [], []
    for seed in range(10):
        forest = RandomForestClassifier(60, max_depth=6, random_state=seed).fit(x[train], y[train])
        scores.append(forest.score(x[test], y[test]))
        importances.append(forest.feature_importances_)
    return {"set": name, "accuracy": round(float(np.mean(scores)), 4), "spread": round(float(np.max(scores) - np.min(scores)), 4),
            "importances": [round(float(v), 4) for v in np.mean(importances, axis=0)]}


def metrics_case():
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 4, 60)
    predicted = np.where(rng.random(60) < 0.6, truth, rng.integers(0, 3, 60))
    case = {"truth": truth.tolist(), "predicted": predicted.tolist()}
    for average in (None, "macro", "weighted"):
        p, r, f, _ = precision_recall_fscore_support(truth, predicted, average=average, zero_division=0)
        case[str(average).lower()] = [np.round(v, 9).tolist() for v in (p, r, f)]
    return case


def main():
    data, trees, forests = [], [], []
    grid = [{"criterion": c, "max_depth": d, "min_samples_leaf": leaf} for c in ("gini", "entropy") for d, leaf in ((2, 1), (4, 8), (6, 12), (10, 5))]
    for name, x, y in sets():
        x = rounded(x)
        data.append({"name": name, "features": x.shape[1], "classes": int(y.max()) + 1, "x": flat(x), "y": y.tolist()})
        weights = np.round(np.random.default_rng(7).random(150) + 0.5, 2)
        cases = [tree_case(name, x, y, options, w) for options in grid for w in (None, weights)]
        trees += [case for case in cases if case][:6]
        forests.append(forest_case(name, x, y))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    document = {"made_with": f"scikit-learn {sklearn.__version__}", "data": data, "trees": trees, "forests": forests, "metrics": metrics_case()}
    OUT.write_text(json.dumps(document, separators=(",", ":")) + "\n")
    print(len(trees), "trees", forests, OUT.stat().st_size, "bytes")


main()
