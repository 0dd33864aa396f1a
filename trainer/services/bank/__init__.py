"""Living content: reports, decisions and corrections of questions, and questions of one's own."""
