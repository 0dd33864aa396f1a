"""The four roles. A person may hold several."""

from typing import Final

STUDENT: Final = "student"
INSTRUCTOR: Final = "instructor"
DIRECTOR: Final = "director"
ADMINISTRATOR: Final = "administrator"

ROLES: Final = (STUDENT, INSTRUCTOR, DIRECTOR, ADMINISTRATOR)
STAFF: Final = (INSTRUCTOR, DIRECTOR, ADMINISTRATOR)
