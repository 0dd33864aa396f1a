from trainer.core.mastery import Count, domain_means, share_right

DOMAINS = [("cma.a", "Clinical"), ("cma.b", "General")]
OF = {"hand-hygiene": frozenset({"cma.a"}), "teach-back": frozenset({"cma.b"})}


def rows(students: int, answers: int, correct: int, concept: str = "hand-hygiene") -> list[Count]:
    return [Count(student, concept, answers, correct) for student in range(students)]


def mean_of(counts: list[Count], *, of_class: bool) -> float | None:
    return domain_means(counts, DOMAINS, OF, of_class=of_class)[0].mean


def test_a_class_of_five_with_thirty_answers_has_a_mean() -> None:
    found = domain_means(rows(5, 6, 3), DOMAINS, OF, of_class=True)

    # mu = (10 x .6 + 15) / (10 + 30); mean = (10 mu + 15) / (10 + 30)
    assert found[0].mean == (10 * (6 + 15) / 40 + 15) / 40
    assert (found[0].answers, found[0].correct, found[0].students) == (30, 15, 5)


def test_four_students_are_too_few_to_say_however_much_they_answer() -> None:
    assert mean_of(rows(4, 50, 40), of_class=True) is None


def test_twenty_nine_answers_of_a_class_are_too_few_to_say() -> None:
    counts = [*rows(4, 6, 3), Count(9, "hand-hygiene", 5, 3)]

    assert mean_of(counts, of_class=True) is None


def test_one_student_needs_eight_answers_in_the_domain() -> None:
    assert mean_of(rows(1, 7, 7), of_class=False) is None
    assert mean_of(rows(1, 8, 8), of_class=False) is not None


def test_a_mean_of_little_leans_on_the_other_domains() -> None:
    low_elsewhere = [Count(1, "hand-hygiene", 8, 8), Count(1, "teach-back", 100, 10)]
    alone = mean_of(rows(1, 8, 8), of_class=False)

    leaning = domain_means(low_elsewhere, DOMAINS, OF, of_class=False)[0].mean

    assert alone is not None
    assert leaning is not None
    assert leaning < alone < 1


def test_domains_come_in_the_order_given_also_without_an_answer() -> None:
    found = domain_means([], DOMAINS, OF, of_class=True)

    assert [(d.code, d.answers, d.mean) for d in found] == [("cma.a", 0, None), ("cma.b", 0, None)]


def test_a_concept_outside_the_outline_counts_in_no_domain() -> None:
    found = domain_means([Count(1, "unknown", 50, 50)], DOMAINS, OF, of_class=False)

    assert [d.answers for d in found] == [0, 0]


def test_a_share_is_said_from_eight_answers_on() -> None:
    assert share_right(7, 7) is None
    assert share_right(8, 6) == 0.75
