"""A list of persons and pairs for people to look at, with the share of false alarms in it.

Nothing here is a verdict. A small p-value says that answers would be rare if the model held and nobody
had done wrong; seats, times, invigilators and the persons themselves have to say the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from scoring.errors import ScoringError
from scoring.integrity.copying import (
    IndexArray,
    Matching,
    gbt_of,
    matching,
    omega_between,
    omega_pvalue,
    pair_positions,
)
from scoring.irt.ability import Calibrated
from scoring.irt.grid import FloatArray
from scoring.responses import ResponseMatrix

FALSE_DISCOVERY_RATE = 0.01
BLOCK = 1024


@dataclass(frozen=True, slots=True, eq=False)
class SimilarPairs:
    """Pairs whose agreement is beyond chance, the least likely first; arrays of shape (n_listed,).

    Attributes
    ----------
    copier, source : ndarray of int
        Positions of the persons. The roles follow from the index: who sat where tells more.
    omega, pvalue, adjusted : ndarray
        Omega, its p-value, and the p-value adjusted over all pairs examined.
    gbt : ndarray
        p-value of the generalised binomial test, which treats both alike.
    matches : ndarray of int
        Items on which both are right or both wrong.
    expected : ndarray
        Matches that the ability of the copier lets expect.
    n_tests : int
        Ordered pairs examined.
    fdr : float
        Largest share of false alarms expected in the list.
    """

    copier: IndexArray
    source: IndexArray
    omega: FloatArray
    pvalue: FloatArray
    adjusted: FloatArray
    gbt: FloatArray
    matches: IndexArray
    expected: FloatArray
    n_tests: int
    fdr: float


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """One kind of evidence over all that were examined.

    Attributes
    ----------
    kind : str
        What was compared, such as ``omega`` or ``lz_star``.
    persons : ndarray of int, shape (n, k)
        Positions of the person, or of the pair.
    statistic, pvalue : ndarray, shape (n,)
        NaN where there was nothing to compare.
    n_tests : int, optional
        Tests made, when only the smallest p-values are held; by default those that are not NaN.
    """

    kind: str
    persons: IndexArray
    statistic: FloatArray
    pvalue: FloatArray
    n_tests: int | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A person or pair to look at, and why."""

    kind: str
    persons: tuple[int, ...]
    statistic: float
    pvalue: float
    adjusted: float


@dataclass(frozen=True, slots=True)
class ReviewList:
    """Leads for people, the strongest first.

    Attributes
    ----------
    leads : tuple of Lead
        Never an automatic verdict.
    fdr : float
        Largest share of false alarms expected within each kind of evidence.
    expected_false : float
        ``fdr`` times the number of leads: so many innocent ones may be in the list.
    n_tests : mapping of str to int
        How many were examined, by kind.
    """

    leads: tuple[Lead, ...]
    fdr: float
    expected_false: float
    n_tests: Mapping[str, int] = field(default_factory=dict)


def benjamini_hochberg(pvalue: ArrayLike, *, n_tests: int | None = None) -> FloatArray:
    """Adjust p-values so that a cut at q leaves at most a share q of false alarms.

    Parameters
    ----------
    pvalue : array_like, shape (n,)
        NaN stays NaN and does not count.
    n_tests : int, optional
        Number of tests, when `pvalue` holds only the smallest; by default those that are not NaN.

    Raises
    ------
    ScoringError
        If a p-value lies outside 0 to 1 or there are more of them than tests.

    References
    ----------
    Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300; for tests that depend on one another
    positively: Benjamini & Yekutieli (2001), Ann. Stat. 29, 1165-1188.
    """
    p = np.asarray(pvalue, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(p))
    n = len(known) if n_tests is None else n_tests
    if len(known) > n:
        raise ScoringError(f"there are {len(known)} p-values from {n} tests")
    if bool(((p[known] < 0) | (p[known] > 1)).any()):
        raise ScoringError("a p-value lies from 0 to 1")
    order = known[np.argsort(p[known], kind="stable")]
    scaled = p[order] * n / np.arange(1, len(order) + 1)
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def similar_pairs(
    X: ArrayLike | ResponseMatrix,
    items: Calibrated,
    *,
    rooms: ArrayLike | Sequence[object] | None = None,
    theta: ArrayLike | None = None,
    fdr: float = FALSE_DISCOVERY_RATE,
    progress: Callable[[int, int], None] | None = None,
) -> SimilarPairs:
    """Examine all ordered pairs, or those of one room, for agreement beyond chance.

    Parameters
    ----------
    X, items, theta
        As in `scoring.integrity.copying.matching`.
    rooms : array_like, shape (n_persons,), optional
        Rooms (any label): only pairs within one are examined.
    fdr : float
        Largest share of false alarms in the list.
    progress : callable, optional
        Called now and then with how many persons were compared with the others, and of how many.

    Raises
    ------
    ScoringError
        If `fdr` is no share, the rooms do not fit, or the answers cannot be read.
    """
    _require_share(fdr)
    prepared = matching(X, items, theta)
    places = np.zeros(prepared.n_persons, dtype=np.intp)
    if rooms is not None:
        places = np.unique(np.asarray(rooms), return_inverse=True)[1]
        if places.shape != (prepared.n_persons,):
            raise ScoringError(f"{prepared.n_persons} persons need as many rooms")
    return _listed(prepared, *_candidates(prepared, places, float(-ndtri(fdr)), progress), fdr)


def named_pairs(
    X: ArrayLike | ResponseMatrix, items: Calibrated, pairs: ArrayLike, *, theta: ArrayLike | None = None
) -> SimilarPairs:
    """Tell of named pairs, whatever their indices; the p-values are adjusted over these pairs alone.

    Parameters
    ----------
    X, items, theta
        As in `scoring.integrity.copying.matching`.
    pairs : array_like of int, shape (n_pairs, 2)
        Positions of copier and source.

    Raises
    ------
    ScoringError
        If a pair is none, or the answers cannot be read.
    """
    prepared = matching(X, items, theta)
    positions = pair_positions(pairs, prepared.n_persons)
    omega = np.array([omega_between(prepared, row[:1], row[1:])[0, 0] for row in positions])
    adjusted = benjamini_hochberg(omega_pvalue(omega))
    return _described(prepared, positions, omega, adjusted, len(positions), 1.0)


def review_list(*examined: Examined, fdr: float = FALSE_DISCOVERY_RATE) -> ReviewList:
    """Gather what is unlikely by chance from several kinds of evidence.

    Parameters
    ----------
    *examined : Examined
        Each kind is adjusted over its own tests.
    fdr : float
        Largest share of false alarms expected within each kind.

    Raises
    ------
    ScoringError
        If `fdr` is no share or p-values are none.
    """
    _require_share(fdr)
    leads, n_tests = [], {}
    for evidence in examined:
        adjusted = benjamini_hochberg(evidence.pvalue, n_tests=evidence.n_tests)
        known = int(np.count_nonzero(~np.isnan(evidence.pvalue)))
        n_tests[evidence.kind] = known if evidence.n_tests is None else evidence.n_tests
        leads += [
            Lead(
                evidence.kind,
                tuple(np.atleast_1d(evidence.persons[k]).tolist()),
                float(evidence.statistic[k]),
                float(evidence.pvalue[k]),
                float(adjusted[k]),
            )
            for k in np.flatnonzero(adjusted <= fdr).tolist()
        ]
    leads.sort(key=lambda lead: (lead.adjusted, lead.pvalue))
    return ReviewList(tuple(leads), fdr, fdr * len(leads), n_tests)


def _require_share(fdr: float) -> None:
    if not 0 < fdr < 0.5:
        raise ScoringError(f"the share of false alarms lies above 0 and below 0.5, not at {fdr:g}")


def _candidates(
    prepared: Matching,
    places: NDArray[np.intp],
    least: float,
    progress: Callable[[int, int], None] | None,
) -> tuple[IndexArray, FloatArray, int]:
    """Find the ordered pairs of a room with an omega that may be listed; and how many were examined."""
    pairs, omegas, n_tests, done = [], [], 0, 0
    order = np.argsort(places, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(places[order])) + 1):
        for lo in range(0, len(members), BLOCK):
            copiers = members[lo : lo + BLOCK]
            omega = omega_between(prepared, copiers, members)
            himself = np.arange(len(copiers)), lo + np.arange(len(copiers))
            omega[himself] = np.nan
            shared = omega.size - len(copiers) if prepared.given is None else np.sum(~np.isnan(omega))
            n_tests += int(shared)
            rows, columns = np.nonzero(omega >= least)
            pairs.append(np.column_stack([copiers[rows], members[columns]]))
            omegas.append(omega[rows, columns])
            done += len(copiers)
            if progress is not None:
                progress(done, prepared.n_persons)
    return np.concatenate(pairs), np.concatenate(omegas), n_tests


def _listed(
    prepared: Matching, pairs: IndexArray, omega: FloatArray, n_tests: int, fdr: float
) -> SimilarPairs:
    """Keep the pairs within the share of false alarms, and tell more about them."""
    pvalue = omega_pvalue(omega)
    adjusted = benjamini_hochberg(pvalue, n_tests=n_tests)
    kept = np.flatnonzero(adjusted <= fdr)
    kept = kept[np.argsort(pvalue[kept], kind="stable")]
    return _described(prepared, pairs[kept], omega[kept], adjusted[kept], n_tests, fdr)


def _described(
    prepared: Matching, pairs: IndexArray, omega: FloatArray, adjusted: FloatArray, n_tests: int, fdr: float
) -> SimilarPairs:
    copier, source = pairs.T
    same, chance = prepared.right[copier] == prepared.right[source], prepared.chance[copier]
    agree = np.where(prepared.right[source] == 1, chance, 1.0 - chance)
    if prepared.given is not None:
        shared = (prepared.given[copier] > 0) & (prepared.given[source] > 0)
        same, agree = same & shared, agree * shared
    return SimilarPairs(
        copier,
        source,
        omega,
        omega_pvalue(omega),
        adjusted,
        gbt_of(prepared, pairs),
        same.sum(axis=1),
        agree.sum(axis=1),
        n_tests,
        fdr,
    )
