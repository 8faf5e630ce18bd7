"""`sort`: every open choice into one of the buckets."""

from __future__ import annotations

from collections import Counter

from scenes.schema import Scene
from state_machine.decisions.menu import Settled, menu, named, refuse_unknown
from state_machine.decisions.records import IllegalDecision, Sort
from state_machine.draft import Draft


def settle(draft: Draft, scene: Scene, decision: Sort) -> list[Settled]:
    """All open choices in the scene's order, each with its bucket; those in the first are taken.

    Raises `IllegalDecision` if one has no bucket or a bucket holds more than it may.
    """
    assert scene.sort is not None
    buckets, on_menu = {bucket.id: bucket for bucket in scene.sort.bucket}, menu(draft, scene)
    for name, bucket in decision.buckets.items():
        named(scene, on_menu, name)
        refuse_unknown(bucket, "bucket", buckets)
    for name, choice in on_menu.items():
        if name not in decision.buckets:
            raise IllegalDecision(f"“{choice.say}” is in no bucket yet")
    for bucket, count in Counter(decision.buckets.values()).items():
        title, most = buckets[bucket].title, buckets[bucket].most
        if most is not None and count > most:
            raise IllegalDecision(f"“{title}” holds {most}, and this puts {count} in")
    first = scene.sort.bucket[0].id
    places = ((choice, decision.buckets[name]) for name, choice in on_menu.items())
    return [Settled(choice, place == first, bucket=place) for choice, place in places]
