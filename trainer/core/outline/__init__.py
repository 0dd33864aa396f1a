"""What exams and accreditors ask for: concepts, exam outlines, competency frameworks."""
