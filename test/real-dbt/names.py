"""Unique ids of generic tests end with a hash, which the test itself cannot know: those of one name fail together."""
import re


def without_hash(unique_id):
    return re.sub(r"^(test\.\w+\.\w+)\.\w+$", r"\1", unique_id)


def of_the_same_names(drawn, nodes):
    """The nodes drawn, and the same test of the other versions of its model."""
    names = {without_hash(node) for node in drawn}
    return [*drawn, *(node for node in nodes if without_hash(node) in names and node not in drawn)]
