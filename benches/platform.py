#!/usr/bin/env python3
"""Measures the platform as a whole: the real program, a data folder filled by its own import, load from a second process.

python3 benches/platform.py target/release/gongkai [1000 100000]

Reading and list pages are compared with nginx serving the same bytes as static files on the same machine; writes with the
bare database committing rows of the same size. Needs wrk and nginx (`make bench` installs them on Debian).
"""
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
LEAVES = "A01-2 A01-3 A02-1 A03-2 A05-2 A06-3 A07-1 A07-2 A09-2 A15-1 A15-2 A15-7".split()
WORDS = "预算执行 专项资金 养老服务 义务教育 城乡供水 河道治理 食品抽检 就业补贴 行政处罚 政府采购 监督检查 整改完成 街道 水务部门 防汛抗旱 公示 审计 联系单位".split()
ROTATE = """
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %.1f %.2f %.2f %d %d\\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout, summary.requests))
end
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.time() + seconds
    while True:
        try:
            get(url)
            return
        except OSError:
            if time.time() > until:
                raise
            time.sleep(0.005)


def load(port: int, paths: list[str], folder: pathlib.Path, seconds: int = 5, connections: int = 16, cookie: str = ""):
    """Requests a second, p50 and p99 in milliseconds; stops where an answer was no success."""
    listing, script = folder / "paths", folder / "rotate.lua"
    listing.write_text("\n".join(paths) + "\n")
    script.write_text(ROTATE)
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), "-H", f"Cookie: {cookie}", f"http://127.0.0.1:{port}"],
        env=dict(os.environ, PATHS=str(listing)),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate, half, most, errors, _ = re.search(r"RESULT (\S+) (\S+) (\S+) (\d+) (\d+)", out).groups()
    if int(errors):
        sys.exit(f"{errors} 个请求没有成功：{paths[0]}")
    return float(rate), float(half), float(most)


class Nginx:
    """The same bytes as static files."""

    def __init__(self, folder: pathlib.Path, pages: dict[str, bytes]):
        root = folder / "static"
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        for name, content in pages.items():
            (root / f"{name}.html").write_bytes(content)
        self.port = free_port()
        config = folder / "nginx.conf"
        config.write_text(
            f"worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{ worker_connections 1024; }}\n"
            f"http {{ types {{ text/html html; }} access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;\n"
            f"server {{ listen 127.0.0.1:{self.port}; root {root}; }} }}\n"
        )
        os.chmod(folder, 0o755)
        self.process = subprocess.Popen(["nginx", "-c", str(config), "-p", str(folder), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
        wait_for(f"http://127.0.0.1:{self.port}/{next(iter(pages))}.html")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Platform:
    """The program over a data folder."""

    def __init__(self, binary: str, data: pathlib.Path, *more: str):
        self.port = free_port()
        started = time.time()
        self.process = subprocess.Popen(
            [binary, "serve", "--data", str(data), "--listen", f"127.0.0.1:{self.port}", "--unlimited", *more],
            stdout=open(data / "bench.out", "wb"),
            stderr=open(data / "bench.log", "ab"),
        )
        self.data = data
        wait_for(self.url("/readyz"))
        self.start = time.time() - started

    def first_link(self) -> str:
        told = (self.data / "bench.out").read_text()
        return re.search(r"/office/setup/[A-Za-z0-9_-]+", told).group(0)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def memory(self) -> int:
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024

    def behind(self) -> int:
        return int(re.search(rb"gongkai_index_behind (\d+)", get(self.url("/metrics"))).group(1))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def filled(binary: str, folder: pathlib.Path, count: int) -> pathlib.Path:
    """A data folder with an agency and `count` items."""
    data, items = folder / f"data-{count}", folder / f"items-{count}.jsonl"
    with items.open("wb") as to:
        subprocess.run([sys.executable, str(HERE / "items.py"), str(count), ",".join(LEAVES)], stdout=to, check=True)
    subprocess.run([binary, "agency", "add", "000014349", "示例区审计局", "--data", str(data)], check=True, stdout=subprocess.DEVNULL)
    began = time.time()
    subprocess.run([binary, "import", "publications", str(items), "--agency", "000014349", "--data", str(data)], check=True, stdout=subprocess.DEVNULL)
    print(f"导入 {count:,} 条：{time.time() - began:.1f} 秒")
    return data


class Browser:
    """Signs in to the demonstration and keeps its cookie, to get a token for the interface."""

    def __init__(self, one: "Platform", login: str):
        self.one = one
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.post("/office/login", login=login, password="gongkai-demo-2026")

    def post(self, path: str, **fields: str) -> str:
        return self.opener.open(self.one.url(path), urllib.parse.urlencode(fields).encode()).read().decode()

    def token(self) -> str:
        page = self.opener.open(self.one.url("/office/account")).read().decode()
        csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        page = self.post("/office/account/tokens", csrf=csrf, name="测量", scopes="draft", days="1")
        return re.search(r"<code>([^<]{30,})</code>", page).group(1)


SAVE = """
local next_thread = 0
function setup(thread) thread:set("number", next_thread); next_thread = next_thread + 1 end
function init()
  local at = 0
  for line in io.lines(os.getenv("DRAFTS")) do
    if at == number then id, version, draft = line:match("^(%S+) (%d+) (.*)$") end
    at = at + 1
  end
  version, round = tonumber(version), 0
end
function request()
  round = round + 1
  local body = string.format('{"version":%d,"draft":%s}', version, (draft:gsub("ROUND", tostring(round))))
  return wrk.format("PUT", "/api/v1/editions/" .. id, {["Authorization"] = "Bearer " .. os.getenv("TOKEN"), ["Content-Type"] = "application/json", ["Prefer"] = "return=minimal"}, body)
end
function response(status, headers, body)
  if status == 200 then version = tonumber(body:match('"version":(%d+)')) else io.stderr:write(status .. " " .. body .. "\\n") end
end
function done(summary, latency)
  io.write(string.format("RESULT %.1f %.2f %.2f %d %d\\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status, summary.requests))
end
"""


def writes(binary: str, folder: pathlib.Path, seconds: int = 6, clients: int = 16) -> None:
    """Drafts saved through the interface, each with its audit record and each durable before it is answered, against the bare
    database committing a row of the same size."""
    data = folder / "data-writes"
    data.mkdir()
    one = Platform(binary, data, "--demo")
    token = Browser(one, "chengban").token()
    body = "为进一步提高审计工作的质量和效率，现就有关事项说明如下。\n" * 20
    lines = []
    for number in range(clients):
        draft = {"title": f"测量用的草稿{number}", "formed_on": "2026-11-02", "genre": "notice", "attribute": "proactive", "body": body + "第ROUND次。"}
        asked = urllib.request.Request(
            one.url("/api/v1/editions"),
            json.dumps({"draft": draft}).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        made = json.loads(urllib.request.urlopen(asked).read())
        lines.append(f"{made['id']} {made['version']} {json.dumps(draft, ensure_ascii=False)}")
    drafts, script = folder / "drafts", folder / "save.lua"
    drafts.write_text("\n".join(lines) + "\n")
    script.write_text(SAVE)
    out = subprocess.run(
        ["wrk", f"-t{clients}", f"-c{clients}", f"-d{seconds}s", "-s", str(script), one.url("")],
        env=dict(os.environ, DRAFTS=str(drafts), TOKEN=token),
        capture_output=True,
        text=True,
        check=True,
    )
    rate, half, most, errors, _ = re.search(r"RESULT (\S+) (\S+) (\S+) (\d+) (\d+)", out.stdout).groups()
    if int(errors) or out.stderr:
        sys.exit(f"保存没有全部成功：{errors} {out.stderr[:300]}")
    one.stop()
    alone = bare(folder, body, seconds)
    print(f"保存草稿（落盘，{clients} 个客户端）：{float(rate):,.0f} 次/秒，p50 {half} 毫秒，p99 {most} 毫秒")
    print(f"数据库单独提交同样大小的一行：{alone:,.0f} 次/秒；平台是它的 {float(rate) / alone:.2f}")


def bare(folder: pathlib.Path, body: str, seconds: float) -> float:
    """Commits a second of SQLite alone: write-ahead log, synchronous=FULL, one row of the size of a draft each."""
    file = folder / "bare.sqlite"
    base = sqlite3.connect(file, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE draft (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    done, until = 0, time.time() + seconds
    while time.time() < until:
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO draft (body) VALUES (?)", (body,))
        base.execute("COMMIT")
        done += 1
    return done / seconds


def measure(binary: str, folder: pathlib.Path, count: int) -> dict[str, float]:
    data = filled(binary, folder, count)
    one = Platform(binary, data)
    began = time.time()
    while one.behind():
        time.sleep(0.2)
    print(f"检索索引跟上 {count:,} 条：{time.time() - began:.1f} 秒")
    one.stop()
    one = Platform(binary, data)
    out = {"start": one.start}
    time.sleep(3)
    out["idle"] = one.memory()
    dice = random.Random(24)
    ids: set[str] = set()
    lists: list[str] = []
    for leaf in LEAVES:
        path = f"/content/{leaf}"
        for _ in range(8):
            page = get(one.url(path)).decode()
            ids.update(re.findall(r'href="/items/([0-9a-f-]{36})"', page))
            lists.append(path)
            following = re.search(r'rel="next" href="([^"]+)"', page)
            if not following:
                break
            path = following.group(1).replace("&amp;", "&")
    items = [f"/items/{one_id}" for one_id in sorted(ids)]
    dice.shuffle(items)
    items = items[:600]
    lists = lists[:90]
    for name, paths in (("reading", items), ("list", lists)):
        # First round: rendered; later rounds: out of memory.
        began = time.time()
        pages = {}
        for number, path in enumerate(paths):
            pages[f"{number}"] = get(one.url(path))
        out[f"{name} first"] = (time.time() - began) / len(paths) * 1000
        out[name], out[f"{name} p50"], out[f"{name} p99"] = load(one.port, paths, folder)
        static = Nginx(folder, pages)
        out[f"{name} nginx"], _, _ = load(static.port, [f"/{number}.html" for number in pages], folder)
        static.stop()
    # Far more pages than memory keeps: nearly every one is rendered anew.
    everything = re.findall(r"<loc>[^<]*(/items/[0-9a-f-]{36})</loc>", get(one.url("/sitemap.xml?part=items.")).decode())
    dice.shuffle(everything)
    out["reading cold"], out["reading cold p50"], out["reading cold p99"] = load(one.port, everything, folder)
    _, out["suggest p50"], out["suggest p99"] = load(one.port, [f"/suggest?q={urllib.parse.quote(word)}" for word in WORDS], folder)
    out["busy"] = one.memory()
    one.stop()
    office(binary, data, folder, out)
    return out


def questions() -> list[str]:
    """Four hundred questions: one to three words, some with a leaf, a span of days, an order, a later page."""
    dice, out = random.Random(24), []
    for _ in range(400):
        words = " ".join(dice.sample(WORDS, dice.choice([1, 1, 2, 3])))
        more = dice.choice(["", "", "&sort=date", f"&node={dice.choice(LEAVES)}", "&from=2020-01-01&to=2021-12-31", f"&page={dice.randint(2, 5)}"])
        out.append(f"/search?q={urllib.parse.quote(words)}{more}")
    return out


def searching(binary: str, folder: pathlib.Path, found: dict[int, dict[str, float]], rounds: int = 3) -> None:
    """Search, one size after the other and again: what the machine does beside falls on all sizes alike. Medians of the rounds,
    each after two seconds of the same questions."""
    asked = questions()
    seen: dict[tuple[int, str], list[float]] = {}
    for _ in range(rounds):
        for count in found:
            one = Platform(binary, folder / f"data-{count}")
            load(one.port, asked, folder, seconds=2, connections=1)
            for connections in (1, 8):
                for name, value in zip(("rate", "p50", "p99"), load(one.port, asked, folder, seconds=6, connections=connections)):
                    seen.setdefault((count, f"search {name} {connections}"), []).append(value)
            one.stop()
    for (count, name), values in seen.items():
        found[count][name] = sorted(values)[len(values) // 2]


def office(binary: str, data: pathlib.Path, folder: pathlib.Path, out: dict[str, float]) -> None:
    """What an officer of the agency waits for: 待办, the list of all manuscripts, the page of one."""
    one = Platform(binary, data)
    link = one.first_link()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    post = lambda path, **fields: opener.open(one.url(path), urllib.parse.urlencode(fields, doseq=True).encode()).read().decode()
    mark = lambda page: re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    secret = "测量用的很长的密码2026"
    post(link, office="示例区政府办公室", code="000000001", name="管理员", login="admin", password=secret, again=secret)
    post("/office/login", login="admin", password=secret)
    people = "/office/people?agency=000014349"
    csrf = mark(opener.open(one.url(people)).read().decode())
    roles = ["drafter", "checker", "publisher"]
    page = post("/office/people", csrf=csrf, agency="000014349", name="经办", login="jingban", roles=roles)
    first = re.search(r"/office/setup/[A-Za-z0-9_-]+", page).group(0)
    post(first, password=secret, again=secret)
    cookies = urllib.request.HTTPCookieProcessor()
    opener = urllib.request.build_opener(cookies)
    post("/office/login", login="jingban", password=secret)
    cookie = next(one_cookie for one_cookie in cookies.cookiejar if one_cookie.name == "gongkai")
    listing = opener.open(one.url("/office/items")).read().decode()
    edition = re.search(r"/office/editions/[0-9a-f-]{36}", listing).group(0)
    for name, path in (("desk", "/office"), ("manuscripts", "/office/items"), ("manuscript", edition)):
        _, out[f"{name} p50"], out[f"{name} p99"] = load(one.port, [path], folder, connections=1, cookie=f"gongkai={cookie.value}")
    one.stop()


def main() -> None:
    binary = os.path.abspath(sys.argv[1])
    counts = [int(text) for text in sys.argv[2:]] or [1_000, 100_000]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="gongkai-bench-", dir=os.environ.get("BENCH_DIR")))
    try:
        writes(binary, folder)
        found = {count: measure(binary, folder, count) for count in counts}
        searching(binary, folder, found)
        names = {
            "start": "启动（秒）",
            "idle": "空闲内存（MB）",
            "busy": "检索之后的内存（MB）",
            "reading first": "阅读页，第一次（毫秒）",
            "reading": "阅读页（次/秒）",
            "reading p50": "阅读页 p50（毫秒）",
            "reading p99": "阅读页 p99（毫秒）",
            "reading nginx": "同样的字节，nginx（次/秒）",
            "list first": "列表页，第一次（毫秒）",
            "list": "列表页（次/秒）",
            "list p50": "列表页 p50（毫秒）",
            "list p99": "列表页 p99（毫秒）",
            "list nginx": "同样的字节，nginx（次/秒）",
            "search rate 1": "检索，1 个客户端（次/秒）",
            "search p50 1": "检索 p50（毫秒）",
            "search p99 1": "检索 p99（毫秒）",
            "search rate 8": "检索，8 个客户端（次/秒）",
            "search p50 8": "检索 p50（毫秒）",
            "search p99 8": "检索 p99（毫秒）",
            "reading cold": "阅读页，不在内存里（次/秒）",
            "reading cold p50": "阅读页，不在内存里 p50（毫秒）",
            "reading cold p99": "阅读页，不在内存里 p99（毫秒）",
            "desk p50": "待办 p50（毫秒）",
            "desk p99": "待办 p99（毫秒）",
            "manuscripts p50": "稿件清单 p50（毫秒）",
            "manuscripts p99": "稿件清单 p99（毫秒）",
            "manuscript p50": "稿件页 p50（毫秒）",
            "manuscript p99": "稿件页 p99（毫秒）",
            "suggest p50": "联想 p50（毫秒）",
            "suggest p99": "联想 p99（毫秒）",
        }
        print("条数：", "　".join(f"{count:,}" for count in counts))
        for key, name in names.items():
            print(f"{name}：", "　".join(f"{found[count][key]:,.2f}" for count in counts))
        for count in counts:
            for name, called in (("reading", "阅读页"), ("list", "列表页")):
                print(f"{count:,} 条，{called}是 nginx 的 {found[count][name] / found[count][name + ' nginx']:.2f}")
    finally:
        if not os.environ.get("BENCH_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
