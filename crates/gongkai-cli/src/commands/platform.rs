//! The platform: serving it, and what an operator needs.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

use gongkai_service::platform::{Fault, Options, Services, now};
use gongkai_web::WebSettings;
use serde_json::json;

use crate::args::{AgencyCommand, PlaceArgs, RestoreArgs, ServeArgs, TextOrJson};
use crate::output;
use crate::serving::{alone, is_served};
use crate::{DONE, FOUND};

fn options(place: &PlaceArgs, fills_index: bool) -> Options {
    Options {
        data: place.data.clone(),
        database: place.database.clone(),
        reader: std::env::current_exe().ok(),
        fills_index,
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| format!("无法启动：{error}"))
}

fn told(fault: impl std::borrow::Borrow<Fault>) -> String {
    fault.borrow().to_string()
}

/// Runs something on an opened platform. An embedded one gets its tables here; on PostgreSQL `migrate` is a step of its own.
pub(super) fn with<T>(
    place: &PlaceArgs,
    migrate: bool,
    act: impl AsyncFnOnce(Arc<Services>) -> Result<T, Fault>,
) -> Result<T, String> {
    runtime()?.block_on(async {
        // Under a server that is running nothing changes its shape.
        let migrate = migrate || (place.database.is_none() && !is_served(&place.data));
        let services = Services::open(options(place, false), migrate, now()).await.map_err(told)?;
        let over = crate::progress::watch(services.clone());
        let outcome = act(services.clone()).await.map_err(told);
        over.finish();
        services.close().await.map_err(told)?;
        outcome
    })
}

/// The folder must hold a platform already.
pub(super) fn must_exist(place: &PlaceArgs) -> Result<(), String> {
    if place.database.is_some() || place.data.join("gongkai.sqlite").is_file() {
        Ok(())
    } else {
        Err(format!("“{}”里没有平台的数据。用 --data 指定数据文件夹；新建请运行 gongkai serve", place.data.display()))
    }
}

/// Serves until told to stop.
pub(crate) fn serve(args: &ServeArgs) -> Result<u8, String> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("GONGKAI_LOG").unwrap_or_else(|_unset| {
        tracing_subscriber::EnvFilter::new("info,sqlx=warn,tantivy=warn,sea_orm=warn,sea_orm_migration=warn")
    });
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // A second subscriber in one process is a mistake of ours that loses log lines only.
    let _set: Result<(), _> = if args.log_json { log.json().try_init() } else { log.with_target(false).try_init() };
    runtime()?.block_on(async {
        if let Some(day) = args.today {
            gongkai_service::platform::pretend(day);
        }
        let moment = now();
        let listener = tokio::net::TcpListener::bind(&args.listen)
            .await
            .map_err(|error| format!("无法在 {} 上监听：{error}。换一个 --listen", args.listen))?;
        let migrate = args.place.database.is_none() || args.demo;
        let _alone = alone(&args.place.data)?;
        let services = Services::open(options(&args.place, true), migrate, moment).await.map_err(told)?;
        if let Some(mail) = mail()? {
            services.set_mail(mail);
        }
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        if args.demo {
            demo(&services, &address.to_string()).await?;
            // Other days would come into real records.
            if args.today.is_some() && !services.is_demo().await.map_err(told)? {
                return Err("--today 只用于 --demo 建立的演示数据，这个数据文件夹不是".to_owned());
            }
        }
        if let Some(secret) = services.first_link(moment).await.map_err(told)? {
            output::show(&format!("首次设置：http://{address}/office/setup/{secret}\n（24小时内有效，只能用一次）"));
        }
        output::show(&format!("公开页面：http://{address}/\n工作台：http://{address}/office"));
        let (tell, stop) = tokio::sync::watch::channel(false);
        let worker = tokio::spawn(services.clone().work(stop.clone()));
        tokio::spawn(async move {
            wait_for_signal().await;
            tracing::info!("收到停止的信号，办完手上的请求后退出");
            // Nobody may listen any more.
            let _told: Result<(), _> = tell.send(true);
        });
        let settings = WebSettings { secure: args.secure, behind_proxy: args.behind_proxy, unlimited: args.unlimited };
        let web = gongkai_web::Web::new(services.clone(), settings);
        gongkai_web::serve(web, listener, connections(), stop).await.map_err(|error| format!("网络出错：{error}"))?;
        worker.await.map_err(|error| error.to_string())?;
        services.close().await.map_err(told)?;
        Ok(DONE)
    })
}

/// How mail goes out, from the environment: the address of the server holds a password, which no command line should show.
fn mail() -> Result<Option<gongkai_service::platform::MailSettings>, String> {
    let Ok(url) = std::env::var("GONGKAI_MAIL") else { return Ok(None) };
    let from = std::env::var("GONGKAI_MAIL_FROM")
        .map_err(|_unset| "设了 GONGKAI_MAIL，还要设 GONGKAI_MAIL_FROM（发件地址）".to_owned())?;
    gongkai_service::platform::MailSettings::new(&url, &from).map(Some)
}

/// How many connections there may be at once: what the system lets the program open, less what it needs itself.
fn connections() -> usize {
    let open = rlimit::increase_nofile_limit(32_768).unwrap_or(1_024);
    usize::try_from(open).unwrap_or(1_024).saturating_sub(300).max(100)
}

async fn demo(services: &Services, address: &str) -> Result<(), String> {
    match services.fill_demo(now()).await {
        Ok(accounts) => {
            let mut lines = vec![
                "演示数据已放入。内容都是虚构的，不要用于正式工作。".to_owned(),
                format!("所有账号的密码：{}", gongkai_service::platform::DEMO_PASSWORD),
            ];
            for (login, name, roles, agency) in accounts {
                lines.push(format!("  {login:<14}{agency}　{name}　{roles}"));
            }
            lines.push(format!("登录：http://{address}/office"));
            output::show(&lines.join("\n"));
            Ok(())
        }
        Err(Fault::Refused(refusal)) => {
            output::complain(&format!("没有放入演示数据：{refusal}"));
            Ok(())
        }
        Err(other) => Err(told(other)),
    }
}

async fn wait_for_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _interrupted = tokio::signal::ctrl_c() => {}
                    _terminated = terminate.recv() => {}
                }
            }
            Err(_unavailable) => drop(tokio::signal::ctrl_c().await),
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}

/// Brings the tables to their present shape.
pub(crate) fn migrate(place: &PlaceArgs) -> Result<u8, String> {
    with(place, true, async |services| services.recount().await)?;
    output::show("数据库的表已是最新的样子，年度报告的计数已重新算过");
    Ok(DONE)
}

/// Units from the command line.
pub(crate) fn agency(command: &AgencyCommand) -> Result<u8, String> {
    match command {
        AgencyCommand::Add { code, name, parent, place } => {
            with(place, false, async |services| {
                let directory = services.directory();
                let above = match parent {
                    Some(parent) => Some(directory.by_code(parent).map(|one| one.id).ok_or_else(|| {
                        Fault::field("parent", format!("没有代码为“{parent}”的上级机构。用 gongkai agency list 查看"))
                    })?),
                    None => None,
                };
                services.add_agency(now(), code, name, above).await
            })?;
            output::show(&format!("已添加 {} {name}", code.to_uppercase()));
            Ok(DONE)
        }
        AgencyCommand::List { place, format } => {
            must_exist(place)?;
            with(place, false, async |services| {
                let directory = services.directory();
                let lines: Vec<_> = directory
                    .units()
                    .map(|one| {
                        let parent = one.parent.and_then(|id| directory.get(id)).map(|one| one.code.clone());
                        (one.code.clone(), one.name.clone(), one.kind, parent, one.closed_on)
                    })
                    .collect();
                if *format == TextOrJson::Json {
                    let list: Vec<_> = lines
                        .iter()
                        .map(|(code, name, kind, parent, closed)| json!({ "code": code, "name": name, "kind": kind.code(), "parent": parent, "closed_on": closed.map(|day| day.to_string()) }))
                        .collect();
                    super::show_json(&json!(list));
                } else if lines.is_empty() {
                    output::show("还没有机构。用 gongkai agency add 代码 名称 添加");
                } else {
                    for (code, name, kind, parent, closed) in lines {
                        let above = parent.map(|code| format!("　上级 {code}")).unwrap_or_default();
                        let gone = closed.map(|day| format!("　{day}撤销")).unwrap_or_default();
                        output::show(&format!("{code:<20} {name}　{}{above}{gone}", kind.label()));
                    }
                }
                Ok(())
            })?;
            Ok(DONE)
        }
    }
}

/// Looks the house over.
pub(crate) fn doctor(place: &PlaceArgs) -> Result<u8, String> {
    must_exist(place)?;
    let found = with(place, false, async |services| services.doctor(now()).await)?;
    let mut wrong = 0;
    for one in found {
        match one.wrong {
            None => output::show(&format!("正常　{}：{}", one.what, one.seen)),
            Some(why) => {
                wrong += 1;
                output::show(&format!("问题　{}：{}。{why}", one.what, one.seen));
            }
        }
    }
    let fonts = gongkai_service::platform::has_fonts();
    output::show(if fonts {
        "正常　字体：可以排中文 PDF"
    } else {
        "问题　字体：没有中文字体，不能生成 PDF。请安装 fonts-noto-cjk，或把字体放进系统字体文件夹"
    });
    Ok(if wrong == 0 && fonts { DONE } else { FOUND })
}

/// Writes a backup.
pub(crate) fn backup(place: &PlaceArgs, to: &Path) -> Result<u8, String> {
    must_exist(place)?;
    if to.exists() {
        return Err(format!("“{}”已经存在，请换一个名字，免得盖掉以前的备份", to.display()));
    }
    let summary = with(place, false, async |services| services.backup(now(), to).await)?;
    for hash in &summary.damaged {
        output::complain(&format!("文件 {hash} 已损坏，没有放进备份；请从以前的备份恢复"));
    }
    let rows: u64 = summary.rows.values().sum();
    output::show(&format!(
        "已备份到 {}：{rows}行，{}个文件；审计链{}条，末条散列值 {}",
        to.display(),
        summary.files,
        summary.head.0,
        summary.head.1
    ));
    Ok(if summary.damaged.is_empty() { DONE } else { FOUND })
}

/// Puts a backup into an empty folder or database.
pub(crate) fn restore(args: &RestoreArgs) -> Result<u8, String> {
    if !args.file.is_file() {
        return Err(format!("没有“{}”这个文件", args.file.display()));
    }
    let summary = with(&args.place, true, async |services| {
        let summary = services.restore(&args.file).await?;
        services.refresh(now()).await?;
        Ok(summary)
    })?;
    let rows: u64 = summary.rows.values().sum();
    output::show(&format!(
        "已恢复：{rows}行，{}个文件；审计链{}条，末条散列值 {}",
        summary.files, summary.head.0, summary.head.1
    ));
    Ok(DONE)
}

/// Reads one upload from standard input, or makes its clean copy; the process that serves starts this one.
pub(crate) fn extract(what: &str, suffix: &str) -> std::process::ExitCode {
    use std::io::{Read, Write};
    const MEMORY: u64 = 512 << 20;
    let limited = rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY);
    let bounded = limited.is_ok()
        || !cfg!(target_os = "linux")
        || rlimit::getrlimit(rlimit::Resource::AS).is_ok_and(|(soft, _)| soft <= MEMORY);
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(60 << 20).read_to_end(&mut bytes);
    if !bounded || read.is_err() {
        return std::process::ExitCode::FAILURE;
    }
    let answer = gongkai_service::platform::answer_bytes(what, &bytes, suffix);
    match std::io::stdout().lock().write_all(&answer) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_closed) => std::process::ExitCode::FAILURE,
    }
}
