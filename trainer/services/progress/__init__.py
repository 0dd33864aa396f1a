"""What staff see of students' work: a cohort, one student, the whole program. Only looks."""
