#!/usr/bin/env python3
"""The year of a large city: registers out of which a published report's figures could have come are imported, and the report is compiled.

python3 benches/city.py target/release/gongkai [fixtures/formats/sample.docx] [1000]

The report's tables 3 and 4 are taken so many times over (sums stay true), table 2 as it is. From them a register of applications, one of
disputes and a ledger are made, in the shape that `gongkai import` takes, with cases of other years among them. What is compiled must equal the
tables cell by cell. Says how long each step took; exit code 1 where a cell differs.
"""
import csv
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

# The replies that each row of table 3 counts.
OUTCOMES = {
    "granted": ["granted_already_public", "granted_provided"], "partial": ["partial"],
    "unable.not_held": ["not_exist", "not_this_organ"],
    "other": ["correction_abandoned", "fee_unpaid", "withdrawn", "not_government_info"],
    "other.other_reason": ["withdrawn", "not_government_info", "party_affairs", "transferred_to_archives", "other_reason"],
}
CHANNELS = "online in_person mail_signed email fax".split()
AGENCY = "000000001"


def gongkai(binary: str, *arguments: str) -> str:
    done = subprocess.run([binary, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments[:3])}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def day(chance: random.Random, year: int, month: int = 0) -> datetime.date:
    return datetime.date(year, month or chance.randrange(1, 13), chance.randrange(1, 29))


def applications(rows: dict, year: int, chance: random.Random) -> list[list]:
    """Cases that make up table 3: by column so many carried in and received, ended by row, and left open."""
    out = []
    ends = [row for row in rows if row not in ("new_received", "carried_in", "total_concluded", "carried_out")]
    for kind in (column for column in rows["new_received"] if column != "total"):
        before = [True] * rows["carried_in"][kind] + [False] * rows["new_received"][kind]
        chance.shuffle(before)
        results = [row for row in ends for _ in range(rows[row][kind] or 0)] + [None] * rows["carried_out"][kind]
        assert len(before) == len(results), f"{kind} does not balance"
        for earlier, row in zip(before, results):
            received = day(chance, year - 1, 12) if earlier else day(chance, year, chance.randrange(1, 12))
            if row is None:
                # Still open, or ended in the year after.
                ended = day(chance, year + 1, 1) if chance.random() < 0.5 else None
                row = "granted"
            else:
                ended = datetime.date(year, 1, 20) if earlier else min(received + datetime.timedelta(days=20), datetime.date(year, 12, 31))
            codes = OUTCOMES.get(row, [row.split(".")[-1]])
            out.append([kind, received, chance.choice(codes) if ended else "", ended or ""])
    # What belongs to other years alone counts nowhere.
    for _ in range(len(out) // 20):
        received = day(chance, year - 1, chance.randrange(1, 11))
        out.append(["business", received, "granted_provided", received + datetime.timedelta(days=15)])
    chance.shuffle(out)
    return [[f"{received.year}-{at:07}", kind, f"申请人{at}", chance.choice(CHANNELS), received, f"第{at}号事项", outcome, ended]
            for at, (kind, received, outcome, ended) in enumerate(out)]


def disputes(groups: dict, year: int, chance: random.Random) -> list[list]:
    out = []
    for kind, columns in groups.items():
        for column, many in columns.items():
            for _ in range(0 if column == "total" else many or 0):
                filed = day(chance, chance.choice([year - 1, year]), chance.randrange(1, 7))
                ended = day(chance, year, chance.randrange(8, 13))
                if column == "pending":
                    later = chance.random() < 0.5
                    out.append([kind, filed, chance.choice(["upheld", "overturned"]) if later else "pending", day(chance, year + 1, 2) if later else ""])
                else:
                    out.append([kind, filed, column, ended])
    return [[f"案{at:06}", kind, "", filed, result, decided] for at, (kind, filed, result, decided) in enumerate(out)]


def write(file: pathlib.Path, head: str, rows: list[list]) -> str:
    with file.open("w", newline="") as to:
        writer = csv.writer(to)
        writer.writerow(head.split(","))
        writer.writerows(rows)
    return str(file)


def flat(tables: dict, prefix: str = "") -> dict:
    out = {}
    for name, value in tables.items():
        path = f"{prefix}{name}"
        out.update(flat(value, path + ".") if isinstance(value, dict) else {path: value})
    return out


def main() -> None:
    binary = sys.argv[1]
    source = sys.argv[2] if len(sys.argv) > 2 else "fixtures/formats/sample.docx"
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000
    said = json.loads(gongkai(binary, "report", "read", source))
    year, tables = said["year"], said["tables"]
    for part in ("applications", "proceedings"):
        for row in tables[part].values():
            for column, value in row.items():
                row[column] = (value or 0) * times
    chance = random.Random(year)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        data = str(folder / "data")
        cases, suits = applications(tables["applications"], year, chance), disputes(tables["proceedings"], year, chance)
        ledger = [[year, item, field, value] for item, fields in tables["proactive"].items() for field, value in fields.items()]
        files = [
            ("cases", write(folder / "cases.csv", "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on", cases)),
            ("disputes", write(folder / "disputes.csv", "dispute_no,kind,registration_no,filed_on,result,decided_on", suits)),
            ("ledger", write(folder / "ledger.csv", "year,item,field,value", ledger)),
        ]
        print(f"{source}：{year}年，申请 {len(cases):,} 件、复议诉讼 {len(suits):,} 件、台账 {len(ledger)} 个数")
        gongkai(binary, "agency", "add", AGENCY, "示例市人民政府", "--data", data)
        for what, file in files:
            began = time.perf_counter()
            gongkai(binary, "import", what, file, "--agency", AGENCY, "--data", data)
            print(f"gongkai import {what}：{time.perf_counter() - began:.1f} 秒")
        for _ in range(2):
            began = time.perf_counter()
            compiled = json.loads(gongkai(binary, "report", "compile", "--agency", AGENCY, "--year", str(year), "--data", data, "--format", "json"))
            print(f"gongkai report compile（程序从头启动）：{time.perf_counter() - began:.2f} 秒")
        wanted, found = flat(tables), flat(compiled["tables"])
        wrong = [path for path in wanted.keys() | found.keys() if float(wanted.get(path) or 0) != float(found.get(path) if found.get(path) is not None else -1)]
        for path in sorted(wrong):
            print(f"{path}：应为 {wanted.get(path)}，编制为 {found.get(path)}")
        print(f"{len(wanted)} 格，{len(wrong)} 格不同")
        sys.exit(1 if wrong else 0)


main()
