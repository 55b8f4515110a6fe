#!/usr/bin/env python3
"""Measures applications: the real program over a register that its own import has brought in, at two sizes.

python3 benches/applications.py target/release/gongkai [1000 1000000]

Opening a case, 待办 and the list, by one officer; applications sent by the public page, each durable before it is answered,
against the bare database committing a row of the same size. Needs wrk (`make bench` installs it on Debian). Recomputing open
dates is measured by `cargo bench -p gongkai-service --bench applications`.
"""
import datetime
import importlib.util
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
# `platform` is also a module of Python itself.
_spec = importlib.util.spec_from_file_location("platform_bench", HERE / "platform.py")
_bench = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_bench)
Platform, bare, load = _bench.Platform, _bench.bare, _bench.load

KINDS = "natural_person business research public_welfare legal_service other_org".split()
OUTCOMES = "granted_already_public granted_provided partial process_info not_exist not_this_organ petition withdrawn".split()
CHANNELS = "online in_person mail_signed email".split()
SUBJECTS = "部门预算 工程验收材料 检查记录 采购合同 补偿方案 规划图 会议纪要 处罚决定".split()


def register(file: pathlib.Path, count: int) -> None:
    """A register of ten years; the last of them still open, one in a hundred but no more than two thousand."""
    chance, today = random.Random(count), datetime.date.today()
    still_open = min(max(count // 100, 10), 2_000)
    with file.open("w") as to:
        to.write("registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on\n")
        for number in range(count):
            running = number >= count - still_open
            age = chance.randrange(1, 12) if running else 30 + (count - number) * 3_600 // count
            day = today - datetime.timedelta(days=age)
            end = "" if running else day + datetime.timedelta(days=chance.randrange(3, 28))
            outcome = "" if running else chance.choice(OUTCOMES)
            subject = f"{day.year}年{chance.choice(SUBJECTS)}第{number}号"
            to.write(f"{day.year}-{number:07},{chance.choice(KINDS)},申请人{number},{chance.choice(CHANNELS)},{day},{subject},{outcome},{end}\n")


def signed_in(one: Platform) -> tuple[str, str, urllib.request.OpenerDirector]:
    """Sets the house up and signs in an officer of the disclosure office and one who supervises; gives their cookies."""
    link = one.first_link()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    post = lambda path, **fields: opener.open(one.url(path), urllib.parse.urlencode(fields, doseq=True).encode()).read().decode()
    secret = "测量用的很长的密码2026"
    post(link, office="示例区政府办公室", code="000000001", name="管理员", login="admin", password=secret, again=secret)
    post("/office/login", login="admin", password=secret)
    def officer(agency: str, login: str, role: str) -> tuple[str, urllib.request.OpenerDirector]:
        people = opener.open(one.url(f"/office/people?agency={agency}")).read().decode()
        csrf = re.search(r'name="csrf" value="([^"]+)"', people).group(1)
        page = post("/office/people", csrf=csrf, agency=agency, name=login, login=login, roles=[role])
        post(re.search(r"/office/setup/[A-Za-z0-9_-]+", page).group(0), password=secret, again=secret)
        cookies = urllib.request.HTTPCookieProcessor()
        own = urllib.request.build_opener(cookies)
        own.open(one.url("/office/login"), urllib.parse.urlencode({"login": login, "password": secret}).encode()).read()
        return next(cookie.value for cookie in cookies.cookiejar if cookie.name == "gongkai"), own

    supervisor, sees = officer("000000001", "jiandu", "supervisor")
    assert "在办申请的期限" in sees.open(one.url("/office/overview/applications")).read().decode()
    cookie, own = officer("000014349", "shouli", "disclosure_officer")
    return cookie, supervisor, own


def measure(binary: str, folder: pathlib.Path, count: int) -> dict[str, float]:
    data, cases = folder / f"cases-{count}", folder / f"cases-{count}.csv"
    register(cases, count)
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([binary, "agency", "add", "000014349", "示例区审计局", "--data", str(data)], **quiet)
    began = time.time()
    subprocess.run([binary, "import", "cases", str(cases), "--agency", "000014349", "--data", str(data)], **quiet)
    out = {"import": time.time() - began}
    one = Platform(binary, data)
    cookie, supervisor, opener = signed_in(one)
    head = f"gongkai={cookie}"
    pages, after = [], ""
    for _ in range(8):
        listing = opener.open(one.url(f"/office/applications?state=&after={after}")).read().decode()
        pages += re.findall(r"/office/applications/[0-9a-f-]{36}", listing)
        more = re.search(r'href="/office/applications\?state=&(?:amp;)?after=([^"]+)"', listing)
        if not more:
            break
        after = more.group(1)
    chosen = random.Random(1).sample(sorted(set(pages)), min(200, len(set(pages))))
    deep = f"/office/applications?state=&after={after}" if after else "/office/applications"
    lists = (("list", ["/office/applications", deep]), ("open list", ["/office/applications?state=open"]), ("withheld", ["/office/withheld"]))
    for name, paths in (("case", chosen), ("desk", ["/office"]), *lists):
        _, out[f"{name} p50"], out[f"{name} p99"] = load(one.port, paths, folder, connections=1, cookie=head)
    of_all = ["/office/overview/applications"]
    _, out["clocks p50"], out["clocks p99"] = load(one.port, of_all, folder, connections=1, cookie=f"gongkai={supervisor}")
    out["memory"] = one.memory()
    one.stop()
    return out


SEND = """
local cookies, threads = {}, 0
-- Given to each thread before it begins: no local of the file.
number = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init()
  for line in io.lines(os.getenv("DRAFTS")) do cookies[#cookies + 1] = line end
  at, step = number + 1, tonumber(os.getenv("THREADS"))
end
function request()
  local cookie = cookies[at]
  at = at + step
  if cookie == nil then wrk.thread:stop() cookie = "" end
  return wrk.format("POST", os.getenv("SEND"), {["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded"}, "a=b")
end
function response(status, headers)
  if status == 303 and headers["location"]:find("receipt") then sent = (sent or 0) + 1 end
end
"""


def sending(binary: str, folder: pathlib.Path, drafts: int, clients: int) -> None:
    """Applications sent by the public page: drafts are written first, then each is sent once by one of several browsers."""
    data = folder / f"sending-{clients}"
    subprocess.run([binary, "agency", "add", "000014349", "示例区审计局", "--data", str(data)], check=True, stdout=subprocess.DEVNULL)
    one = Platform(binary, data)
    base = "/agencies/000014349/apply"
    answers = {
        "what": {"title": "示例路改造工程的验收材料", "description": "第二标段"},
        "how": {"carrier": "electronic", "route": "download"},
        "who": {"kind": "natural_person"},
        "identity": {"name": "张示例", "id_number": "11010519491231002X"},
        "contact": {"phone": "13800138000"},
        "files": {},
    }

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    opener = urllib.request.build_opener(Stay)

    def post(path: str, cookie: str, fields: dict[str, str]):
        asked = urllib.request.Request(one.url(path), urllib.parse.urlencode(fields).encode(), {"Cookie": cookie})
        try:
            return opener.open(asked)
        except urllib.error.HTTPError as moved:
            return moved

    cookies = []
    for _ in range(drafts):
        cookie = post(base, "", {"a": "b"}).headers["Set-Cookie"].split(";")[0]
        for step, fields in answers.items():
            answer = post(f"{base}/{step}", cookie, fields)
            assert answer.status == 303, f"{step}: {answer.status}"
        cookies.append(cookie)
    names, script = folder / f"drafts-{clients}", folder / "send.lua"
    names.write_text("\n".join(cookies) + "\n")
    script.write_text(SEND)
    # Each browser goes on until its drafts are sent; the audit chain tells how many there were and between which moments.
    subprocess.run(
        ["wrk", f"-t{clients}", f"-c{clients}", "-d20s", "-s", str(script), one.url("")],
        env=dict(os.environ, DRAFTS=str(names), THREADS=str(clients), SEND=f"{base}/send"),
        capture_output=True,
        check=True,
    )
    one.stop()
    base_file = sqlite3.connect(data / "gongkai.sqlite")
    count, first, last = base_file.execute("SELECT count(*), min(at), max(at) FROM audit WHERE act = 'application.arrive'").fetchone()
    size = base_file.execute("SELECT avg(length(sealed)) FROM application").fetchone()[0]
    rate = (count - 1) / ((last - first) / 1e6)
    alone = bare(data, "字" * int(size // 3), 4)
    print(f"网上提交申请（落盘，{clients} 个浏览器）：{count:,} 件，{rate:,.0f} 件/秒")
    print(f"数据库单独提交同样大小的一行：{alone:,.0f} 次/秒；平台是它的 {rate / alone:.2f}")


def main() -> None:
    binary = os.path.abspath(sys.argv[1])
    counts = [int(text) for text in sys.argv[2:]] or [1_000, 1_000_000]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="gongkai-bench-", dir=os.environ.get("BENCH_DIR")))
    try:
        for clients in (8, 32):
            sending(binary, folder, drafts=4_000, clients=clients)
        found = {count: measure(binary, folder, count) for count in counts}
        print("件数：", "　".join(f"{count:,}" for count in counts))
        for key, name in {
            "import": "导入台账（秒）",
            "case p50": "打开一件申请 p50（毫秒）",
            "case p99": "打开一件申请 p99（毫秒）",
            "desk p50": "待办 p50（毫秒）",
            "desk p99": "待办 p99（毫秒）",
            "list p50": "申请清单 p50（毫秒）",
            "list p99": "申请清单 p99（毫秒）",
            "open list p50": "在办清单 p50（毫秒）",
            "open list p99": "在办清单 p99（毫秒）",
            "withheld p50": "不予公开台账 p50（毫秒）",
            "withheld p99": "不予公开台账 p99（毫秒）",
            "clocks p50": "各机关在办期限（主管部门）p50（毫秒）",
            "clocks p99": "各机关在办期限（主管部门）p99（毫秒）",
            "memory": "内存（MB）",
        }.items():
            print(f"{name}：", "　".join(f"{found[count][key]:,.2f}" for count in counts))
    finally:
        if not os.environ.get("BENCH_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
