# Two commands do all the set-up: `make demo` and `make test`. `make bench` prints the measurements.
.PHONY: demo demo-report test bench bench-tools build setup fmt clippy docs

CARGO ?= cargo
BIN = target/release/gongkai
OUT = target/demo

# What a machine needs beside Rust. On Debian and Ubuntu it is installed, elsewhere it is named.
PACKAGES = fonts-noto-cjk texlive-lang-chinese fonts-liberation poppler-utils gcc python3 postgresql chromium

setup:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	  command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	  if [ -n "$$missing" ]; then echo "安装：$$missing"; \
	    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null) || echo "安装失败，请手动安装：$$missing"; fi; \
	else \
	  command -v pdftotext >/dev/null || echo "请安装 poppler-utils（pdftotext），测试要用"; \
	  fc-list 2>/dev/null | grep -q -i -E "noto serif cjk|fandol|simsun" || echo "请安装中文字体，例如 fonts-noto-cjk 和 texlive-lang-chinese（Fandol）"; \
	fi
	@command -v npm >/dev/null || echo "没有 npm：工作台的编辑器不会打包，改用纯文本框"
	@command -v $(CARGO) >/dev/null || { echo "请先安装 Rust：https://rustup.rs"; exit 1; }

build: setup
	$(CARGO) build --release --locked

# The platform with a fictitious district: portal, office, accounts on the terminal. Its data are in target/demo-data.
demo: build
	$(BIN) serve --demo --data target/demo-data

# Reads, checks and sets the invented sample report; the results are in target/demo.
demo-report: build
	@mkdir -p $(OUT)
	@echo "== 读取并核对一份报告（fixtures/formats/sample.docx）"
	@$(BIN) report check fixtures/formats/sample.docx
	@echo "== 排成规定格式"
	@for f in pdf docx html xlsx md csv json; do $(BIN) report render fixtures/formats/sample.docx --to $(OUT)/sample.$$f; done
	@echo "== 一份有错的报告：把“予以公开”的一个数写错"
	@sed 's/（一）予以公开 | 4 |/（一）予以公开 | 40 |/; s/(一)予以公开 | 4 |/(一)予以公开 | 40 |/' fixtures/layouts/pipe_row.txt > $(OUT)/wrong.txt
	@$(BIN) report check $(OUT)/wrong.txt || true
	@echo "== 比较与汇总"
	@$(BIN) report compare fixtures/layouts/pipe_row.txt $(OUT)/wrong.txt --to $(OUT)/compare.html
	@sed "s/示例市示例局/示例市另一局/g" fixtures/layouts/pipe_row.txt > $(OUT)/other.txt
	@printf "示例市示例局\n示例市另一局\n示例市未报局\n" > $(OUT)/agencies.txt
	@$(BIN) report aggregate fixtures/formats/sample.docx $(OUT)/other.txt --agencies $(OUT)/agencies.txt --name 示例市 --to $(OUT)/aggregate.xlsx || true
	@echo "结果在 $(OUT)"

# Everything that must pass. A fixed seed: a run that fails can be repeated, and a push never fails by chance. Release, so that one build serves tests, demo and bench.
test: setup fmt clippy
	PROPTEST_RNG_SEED=20190515 sh xtask/with-postgres.sh $(CARGO) test --release --workspace --locked -q
	$(CARGO) test --release --workspace --locked -q --doc
	$(CARGO) doc --workspace --no-deps --locked -q

fmt:
	$(CARGO) fmt --all --check

clippy:
	$(CARGO) clippy --workspace --all-targets --locked -q -- -D warnings

# What the measurements of the platform want beside: a load generator and a web server to compare with.
bench-tools:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  command -v wrk >/dev/null && command -v nginx >/dev/null || { apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wrk nginx-light >/dev/null; }; \
	fi
	@command -v wrk >/dev/null && command -v nginx >/dev/null || { echo "请安装 wrk 和 nginx"; exit 1; }

bench: build bench-tools
	$(CARGO) bench --locked --workspace --bench report --bench calendar --bench commit --bench applications --bench annual
	@sh benches/batch.sh
	@python3 benches/platform.py $(BIN)
	@python3 benches/applications.py $(BIN)
	@python3 benches/city.py $(BIN) fixtures/formats/sample.docx 2000
