"""The rules of good writing: code, weight, what is asked, how to put it right. Runs none of them.

Source: the rules I01 to I35 and K01 to K11 of the item-writing reference; T, D, N and Q are ours.
The table in docs/authoring-items.md is this one (a test compares them).
"""

from dataclasses import dataclass
from typing import Final, Literal

Weight = Literal["E", "W", "E/W", "B", "H"]
"""Error, warning, either; a figure of the statistics (B); left to people (H)."""


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    weight: Weight
    what: str
    fix: str


def _rules(table: str) -> dict[str, Rule]:
    """One rule a line: code | weight | what | fix."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return {code: Rule(code, weight, what, fix) for code, weight, what, fix in rows}  # type: ignore[arg-type]


RULES: Final = _rules("""
I01 | E | The key fits the type: one right answer; two or more, but not all, where several apply | Mark what is right; let `select` be the number of right answers
I02 | E/W | As many options as the type has, no two alike (over 90 % alike: W) | Reword or drop the repeated one
I03 | E | The lead-in is a question of four words or more, without a blank | End it with a question mark; say it in full
I04 | W | The question can be answered with the options covered | Ask for one thing instead of "which is true"
I05 | E | No option combines others (all, none, both A and B) | Replace it with a real answer
I06 | E/W | No NOT, EXCEPT, LEAST, false; in capitals and about safety only: W | Ask for what is right
I07 | W | Options are of one kind and one grammar | Begin and end all of them alike
I08 | W | The key is not clearly the longest option (1.25 times the mean, or 20 letters more than the next) | Shorten the key or fill the others with substance
I09 | W | The longest option has at most 2.5 times the letters of the shortest (over 12 letters) | Bring the lengths together
I10 | W | No always, never, only ... in the key alone or in distractors alone | Take the word out, or put it in all of them
I11 | W | No usually, often, may ... in options | Say it exactly
I12 | E | Article and number of the question fit every option | Reword the question
I13 | W | No word of the question that only the key repeats | Use another word, or let a distractor repeat it too
I14 | W | The key is not the one option made of parts of the others | Spread the parts
I15 | E/W | No option includes another (ranges: E; words: W) | Cut the ranges apart; reword
I16 | E/W | Numbers in order (E), one unit and `fixed_order` (W), wrong values differ from the key (E) | Sort them; name the error behind each
I17 | W | A fixed order of texts can be seen: numbers, times, degrees or the alphabet | Leave `fixed_order` out, so that they are shuffled
I18 | W | At most 110 words; at least 20 to apply or analyze | Cut, or describe the situation
I19 | E/W | The medical assistant acts (W) and stays inside the role (E) | Name the role; let the key be a step within it
I20 | H | Distractors are errors that people make | Judged by people, later by the share of answers
I21 | E | A distractor's reason says in 8 words or more why it is wrong here | Name the error and what it leads to
I22 | E | The key's reason has 20 to 90 words, the rule at most 110 letters, a source stands there | Give the rule and why
I23 | W | The level fits what is asked | Change `bloom`, or ask for more
I24 | E/W | No do-not-use abbreviation, no error-prone one in an order (E; elsewhere W), none unexplained (W) | Write it out
I25 | E | Doses are written safely: mL, mcg, 0.5, never 5.0 | Write the unit and the number safely
I26 | W | No brand without its generic name | Write generic (Brand)
I27 | W | No word that labels a person | Put the person first
I28 | W | Sentences under 25 words on average; grade 12 or below | Split sentences, use plainer words
I29 | E/W | One question, no double negative (in the situation: W) | Split or reword
I30 | H | All sentences are our own | Judged by people; I35 compares within the bank
I31 | E/W | No yearly amounts, no contested topic (E; where a safe wording exists: W) | Leave it out, or say "per the provider's order"
I32 | E/W | Sources checked within a year before `status_as_of`; review planned within about a year | Check the source; set `review_by`
I33 | E | No question leans on another | Repeat what is needed
I34 | E | A picture has a text, and the text does not give the key | Describe what is seen only
I35 | E/W | No two items alike (over 85 % of word runs: E; from 70 %: W) | Ask from another side, or drop one
T01 | E | Plain text: no HTML, template or link marks | Take the marks out
D01 | W | A drug name is spelled as in the drug table | Use that spelling
D02 | W | Look-alike drug names side by side stand in tall-man letters in their own lesson | Write hydrALAZINE and hydrOXYzine
N01 | E | A number to be typed lies in its plausible range, with a tolerance of zero or more | Correct value, range or tolerance
N02 | E | Every draw of a template is a sound question, at least 40 of them | Change values, formulas or `where`; the message names the values
K01 | W | Keys are spread over the places (chi-square; within 5 points from 100 items), at most 3 in a row | Move options
K02 | W | The key is the longest in at most 30 % of a bank, 35 % of an exam's domain | Shorten keys
K03 | W | Never only the key with a parenthesis, a unit or "because" | Give it to a distractor too, or to none
K04 | W | Absolute words in distractors of at most 10 % of items | Take them out
K05 | W | Every domain of every exam has 1.5 times its questions in different concepts | Write for the domain
K06 | W | At least 50 % apply or analyze, at most 30 % remember | Write higher items
K07 | W | Difficulty 1, 2, 3: 25-35, 45-55, 15-25 % | Write for the level that lacks
K08 | W | No name in more than 1 % of items | Say "a 52-year-old patient"
K09 | W | Negative items: at most 3 % | Ask positively
K10 | H | Figures after use: difficulty, discrimination, idle distractors | Comes with answers, not with the text
K11 | B | Codes reviewed each October; fees, forms and vaccines each January | See `trainer content stats --due`
Q01 | B | A second reading is recorded in `checked` | Have it answered blind, then record it
Q02 | E | An acceptance names a warning of the table and gives a reason of five words or more | Write the reason; errors stay errors
Q03 | W | An accepted warning does occur | Take the acceptance out
""")  # noqa: E501
