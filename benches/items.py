#!/usr/bin/env python3
"""Writes N invented publications as JSON lines, for the measurements: python3 items.py N > items.jsonl. The same N, the same bytes."""
import json
import random
import sys

AGENCY_WORDS = "审计 财政 教育 民政 住建 水务 交通 卫生 文旅 市场监管 生态环境 应急 农业农村 人社 统计".split()
OBJECTS = "预算执行 专项资金 养老服务 义务教育 老旧小区改造 城乡供水 河道治理 公共交通 疫苗接种 文化场馆 食品抽检 空气质量 防汛抗旱 高标准农田 就业补贴 统计调查 政府采购 国有资产 行政许可 行政处罚".split()
ACTS = "开展 公布 调整 规范 加强 落实 推进 完善 检查 评估 整改 公示".split()
ENDS = [("notice", "的通知"), ("proclamation", "的公告"), ("report", "情况的报告"), ("opinions", "的意见"), ("other", "工作简报")]
SENTENCES = [
    "为进一步提高{o}工作的质量和效率，根据有关法律、法规的规定，结合本区实际，现就{a}{o}有关事项说明如下。",
    "各有关单位应当按照职责分工，对{o}项目逐项核对，于{m}月{d}日前将结果报送{w}部门。",
    "{y}年以来，{w}部门{a}{o}{n}项，涉及资金{k}万元，发现并纠正问题{d}个。",
    "对{o}中反映的突出问题，应当建立台账、明确期限，整改完成一项销号一项。",
    "群众可以通过政务服务窗口、电话和网站了解{o}的办理条件、程序和结果。",
    "本次{o}覆盖{n}个街道、{d}个社区，抽查资料{k}份，走访{n}户。",
    "联系单位：示例区{w}局，办公时间为工作日上午9时至下午5时。",
    "依照政府信息公开条例第二十条的规定，{o}的依据、标准和实施情况应当主动公开。",
]
LEAVES = sys.argv[2].split(",") if len(sys.argv) > 2 else []


def main() -> None:
    count = int(sys.argv[1])
    dice = random.Random(711)
    for number in range(count):
        w, o, a = dice.choice(AGENCY_WORDS), dice.choice(OBJECTS), dice.choice(ACTS)
        genre, end = dice.choice(ENDS)
        year, month, day = dice.randint(2016, 2025), dice.randint(1, 12), dice.randint(1, 28)
        body = []
        for _ in range(dice.randint(6, 26)):
            sentence = dice.choice(SENTENCES)
            body.append(
                sentence.format(
                    o=dice.choice(OBJECTS) if dice.random() < 0.5 else o,
                    a=dice.choice(ACTS),
                    w=dice.choice(AGENCY_WORDS),
                    y=year,
                    m=dice.randint(1, 12),
                    d=dice.randint(1, 28),
                    n=dice.randint(2, 900),
                    k=dice.randint(10, 99999),
                )
            )
        print(
            json.dumps(
                {
                    "title": f"关于{a}{w}领域{o}{end}（第{number + 1}号）",
                    "doc_no": f"示{w[0]}发〔{year}〕{number % 300 + 1}号",
                    "catalog_node": dice.choice(LEAVES),
                    "genre": genre,
                    "formed_on": f"{year}-{month:02}-{day:02}",
                    "published_on": f"{year}-{month:02}-{day:02}",
                    "channels": "网站",
                    "body": "\n".join(body),
                },
                ensure_ascii=False,
            )
        )


main()
