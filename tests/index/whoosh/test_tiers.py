"""Which merges come due: few segments, little rewriting, bounded work after any commit."""

import pytest

from index.whoosh.tiers import AT_LEAST, FEW, LARGEST, PER_ADDED, Load, due

DAY = 42_000  # a hundred records
BATCH = 2_100_000  # five thousand


def simulated(days: list[int], start: list[int]) -> tuple[list[int], float, int]:
    """Return the segments in the end, how often a weight was rewritten, and the most there were."""
    segments, rewritten, most = list(start), 0, 0
    for added in days:
        segments.append(added)
        chosen = due([Load(weight, 0) for weight in segments], added)
        together = sum(segments[number] for number in chosen)
        assert together <= min(LARGEST, max(AT_LEAST, PER_ADDED * added))
        assert len(chosen) != 1
        if chosen:
            segments = [weight for number, weight in enumerate(segments) if number not in chosen]
            segments.append(together)
        rewritten += together
        most = max(most, len(segments))
    return segments, rewritten / sum(days), most


@pytest.mark.parametrize(
    ("days", "start", "times", "segments"),
    [
        ([BATCH] * 20, [], 1.0, 8),
        ([BATCH] * 200, [], 1.0, 44),
        ([DAY] * 365, [5 * BATCH] * 4, 4.5, 12),
        ([DAY] * 1000, [], 4.5, 16),
        ([DAY // 20] * 4000, [], 30.0, 8),
    ],
    ids=["100,000 at once", "a million at once", "a year of days", "100,000 by hundreds", "by fives"],
)
def test_segments_stay_few_and_are_seldom_rewritten(
    days: list[int], start: list[int], times: float, segments: int
) -> None:
    left, rewritten, most = simulated(days, start)
    assert sum(left) == sum(days) + sum(start)
    assert rewritten <= times
    assert most <= segments


def test_what_is_mostly_deleted_is_written_anew_by_itself() -> None:
    assert due([Load(9, 1), Load(4, 6), Load(5, 5)], 1) == [1]
    assert due([Load(AT_LEAST + 1, 2 * AT_LEAST)], 1) == []
    assert due([Load(AT_LEAST + 1, 2 * AT_LEAST)], AT_LEAST) == [0]


def test_a_few_are_left_alone() -> None:
    assert due([Load(1, 0)] * FEW, 1) == []
    assert len(due([Load(1, 0)] * (FEW + 1), 1)) == FEW + 1
