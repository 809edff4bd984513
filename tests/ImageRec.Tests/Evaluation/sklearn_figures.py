"""Writes sklearn_figures.json: small seeded cases with scikit-learn's figures, which the tests compare with.

    python3 tests/ImageRec.Tests/Evaluation/sklearn_figures.py
"""
import json
import os

import numpy as np
import scipy.stats
import sklearn
from sklearn import metrics

random = np.random.default_rng(11)


def ranking(items, relevant):
    """A ranking without equal scores, with scikit-learn's figures of it."""
    truth = np.zeros(items, int)
    truth[random.choice(items, relevant, replace=False)] = 1
    scores = np.sort(random.normal(size=items) + truth)[::-1]
    truth = random.permutation(truth)
    return {
        "relevant": [bool(t) for t in truth],
        "average_precision": metrics.average_precision_score(truth, scores),
        "ndcg": {str(k): metrics.ndcg_score([truth], [scores], k=k) for k in (1, 3, 5, 10)},
    }


def classification(items, categories):
    truth = random.integers(categories, size=items)
    guess = np.where(random.random(items) < 0.6, truth, random.integers(categories, size=items))
    names = [f"c{i}" for i in range(categories)]
    return {
        "actual": [names[i] for i in truth],
        "predicted": [names[i] for i in guess],
        "confusion": metrics.confusion_matrix(truth, guess, labels=range(categories)).tolist(),
        "accuracy": metrics.accuracy_score(truth, guess),
        "precision": metrics.precision_score(truth, guess, average=None, labels=range(categories)).tolist(),
        "recall": metrics.recall_score(truth, guess, average=None, labels=range(categories)).tolist(),
    }


def clustering(rows, columns, clusters):
    centers = random.normal(size=(clusters, columns)) * 2
    labels = random.integers(clusters, size=rows)
    labels[:clusters] = range(clusters)
    truth = np.where(random.random(rows) < 0.8, labels, random.integers(clusters, size=rows))
    points = np.round(centers[labels] + random.normal(size=(rows, columns)), 4).astype(np.float32)
    contingency = metrics.cluster.contingency_matrix(truth, labels)
    means = np.array([points[labels == i].mean(axis=0) for i in range(clusters)])
    return {
        "rows": points.tolist(),
        "labels": labels.tolist(),
        "truth": [f"c{i}" for i in truth],
        "inertia": float(((points - means[labels]) ** 2).sum()),
        "silhouette": float(metrics.silhouette_score(points, labels)),
        "davies_bouldin": float(metrics.davies_bouldin_score(points, labels)),
        "purity": float(contingency.max(axis=0).sum() / contingency.sum()),
        "normalized_mutual_information": float(metrics.normalized_mutual_info_score(truth, labels)),
    }


def skewness(count):
    values = random.geometric(0.2, size=count)
    return {"values": values.tolist(), "skewness": float(scipy.stats.skew(values))}


figures = {
    "scikit_learn": sklearn.__version__,
    "rankings": [ranking(8, 3), ranking(20, 1), ranking(50, 25), ranking(200, 12)],
    "classifications": [classification(30, 3), classification(200, 7)],
    "clusterings": [clustering(12, 2, 3), clustering(60, 5, 4)],
    "skewness": [skewness(10), skewness(100)],
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sklearn_figures.json")
with open(path, "w") as file:
    json.dump(figures, file, separators=(",", ":"))
    file.write("\n")
