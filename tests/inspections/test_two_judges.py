"""A phone works the rules out to the same end as the service."""

import json
import random
import subprocess
from dataclasses import asdict
from pathlib import Path

from firesafe.inspections.judging import asked_of, gaps_of, judging, suggested_verdict
from firesafe.inspections.rules import Entry, sample_of
from firesafe.standard.edition import current_edition
from firesafe.standard.terms import Verdict
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS = 46
ROUNDS = 60
SCRIPT = """
import { readFileSync } from "node:fs";
import { Judge } from "./static/src/inspections/judging.mjs";
const { rules, cases } = JSON.parse(readFileSync(0, "utf8"));
const judge = new Judge(rules);
const told = cases.map((facts) => [judge.gapsOf(facts), judge.verdictOf(facts)]);
process.stdout.write(JSON.stringify(told));
"""


def entry_of(chance: random.Random, steps: int) -> Entry:
    maybe = [None, 0, 1, 3, 4, 5, 9]
    asked = chance.choice(maybe)
    correct = chance.choice([n for n in maybe if n is None or n <= (asked or 0)])
    return Entry(
        verdict=chance.choice([None, *Verdict]),
        not_applicable_reason=chance.choice(["", "没有"]),
        seen=chance.choice(["", "堵了"]),
        put_right_on_the_spot=chance.choice([True, False]),
        asked_count=asked,
        correct_count=correct,
        drill_seconds=chance.choice([None, 10, 60, 61, 180, 181, 400]),
        drill_steps=chance.choice([None, [chance.choice([None, 5]) for _ in range(steps)]]),
        remark=chance.choice(["", "", "另有说明"]),
        photos_found=chance.choice([0, 1]),
        photos_put_right=chance.choice([0, 1]),
    )


def test_both_find_the_same_gaps_and_the_same_verdicts():
    standard, chance = current_edition(), random.Random(7)  # noqa: S311 — cases, no secrets
    cases, expected = [], []
    for checkpoint in standard.checkpoints:
        for _each in range(ROUNDS):
            steps = len(checkpoint.drill.steps) if checkpoint.drill else 0
            entry = entry_of(chance, steps)
            sample = sample_of(standard, checkpoint, WORKERS)
            cases.append({**asked_of(checkpoint, sample), **asdict(entry)})
            gaps = [gap.value for gap in gaps_of(checkpoint, entry, sample)]
            expected.append([gaps, suggested_verdict(checkpoint, entry, sample) or ""])

    told = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],  # noqa: S607 — of the same set-up
        input=json.dumps({"rules": judging(), "cases": cases}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )

    wrong = [
        (case, mine, theirs)
        for case, mine, theirs in zip(cases, expected, json.loads(told.stdout), strict=True)
        if mine != theirs
    ]
    assert wrong == []
