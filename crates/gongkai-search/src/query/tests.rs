use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::Entry;

fn entry(number: u128, title: &str, body: &str) -> Entry {
    Entry {
        publication: PublicationId(Uuid::from_u128(number)),
        agency: AgencyId(Uuid::from_u128(number % 2)),
        title: title.to_owned(),
        doc_no: format!("示审发〔2026〕{number}号"),
        index_no: format!("000014349/2026-{number:05}"),
        catalog_node: "A15-1".to_owned(),
        theme: "财政、金融、审计".to_owned(),
        genre: "notice".to_owned(),
        validity: String::new(),
        formed_on: date(2026, 1, 1),
        published_at: Timestamp::from_second(i64::try_from(number).unwrap() * 86_400).unwrap(),
        body: body.to_owned(),
        attachments: "附件里写着道路工程结算".to_owned(),
    }
}

fn filled() -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    let entries = [
        entry(1, "关于预算执行审计结果的公告", "区级预算执行总体平稳。"),
        entry(2, "内部审计工作规定", "本规定适用于全区。预算执行审计按照计划开展。"),
        entry(3, "机构职能", "负责全区的监督工作。"),
    ];
    index.apply(&entries, &[], 7).unwrap();
    (folder, index)
}

fn ask(index: &Index, words: &str) -> Vec<u128> {
    let query = Query { words: words.to_owned(), limit: 10, ..Query::default() };
    index.search(&query).unwrap().hits.iter().map(|hit| hit.publication.0.as_u128()).collect()
}

#[test]
fn any_run_of_words_is_found_title_first() {
    let (_folder, index) = filled();
    assert_eq!(ask(&index, "预算执行审计"), [1, 2]);
    assert_eq!(ask(&index, "区级预算"), [1]);
    assert_eq!(ask(&index, "预算 规定"), [2], "all words must occur");
    assert_eq!(ask(&index, "〔2026〕3号"), [3]);
    assert_eq!(ask(&index, "000014349/2026-00002"), [2]);
    assert_eq!(ask(&index, "道路工程").len(), 3, "attachments count too");
    assert!(ask(&index, "不存在的词").is_empty());
    assert!(ask(&index, "（）！").is_empty());
    assert_eq!(ask(&index, "").len(), 3);
}

#[test]
fn what_was_asked_for_is_marked() {
    let (_folder, index) = filled();
    let found = index.search(&Query { words: "预算执行".to_owned(), limit: 1, ..Query::default() }).unwrap();
    assert_eq!(found.total, 2);
    let marked: Vec<&str> =
        found.hits[0].title.iter().filter(|(_, asked)| *asked).map(|(text, _)| text.as_str()).collect();
    assert_eq!(marked, ["预算执行"]);
    let attached = index.search(&Query { words: "工程结算".to_owned(), limit: 1, ..Query::default() }).unwrap();
    assert!(attached.hits[0].in_attachment);
}

#[test]
fn filters_and_order_hold() {
    let (_folder, index) = filled();
    let newest = Query { order: Order::Newest, limit: 10, ..Query::default() };
    let ids = |query: &Query| -> Vec<u128> {
        index.search(query).unwrap().hits.iter().map(|hit| hit.publication.0.as_u128()).collect()
    };
    assert_eq!(ids(&newest), [3, 2, 1]);
    assert_eq!(ids(&Query { agency: Some(AgencyId(Uuid::from_u128(1))), ..newest.clone() }), [3, 1]);
    assert_eq!(ids(&Query { genre: Some("letter".to_owned()), ..newest.clone() }), Vec::<u128>::new());
    let (from, until) = (Timestamp::from_second(2 * 86_400).unwrap(), Timestamp::from_second(3 * 86_400).unwrap());
    assert_eq!(ids(&Query { from: Some(from), until: Some(until), ..newest }), [2]);
}

#[test]
fn a_withdrawn_item_is_not_found_and_the_position_is_kept() {
    let (folder, index) = filled();
    index
        .apply(&[entry(2, "内部审计工作规定（修订）", "新的内容。")], &[PublicationId(Uuid::from_u128(1))], 9)
        .unwrap();
    assert!(ask(&index, "区级预算").is_empty());
    assert_eq!(ask(&index, "修订"), [2]);
    index.rest(false).unwrap();
    drop(index);
    let again = Index::open(folder.path()).unwrap();
    assert_eq!((again.position(), again.len()), (9, 2));
    assert_eq!(again.suggest("内部审", 5).unwrap(), ["内部审计工作规定（修订）"]);
}

#[test]
fn the_newest_come_first_whatever_was_written_when_and_no_more_are_counted_than_are_given() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    // Written out of order and in several parts, one of them written over and one taken out.
    let numbers: Vec<u128> = (1..=1_100).map(|number| number * 7 % 1_101).collect();
    for (part, some) in numbers.chunks(300).enumerate() {
        let entries: Vec<Entry> = some.iter().map(|number| entry(*number, "通知公告", "共同的词语。")).collect();
        index.apply(&entries, &[], i64::try_from(part).unwrap()).unwrap();
    }
    index.apply(&[entry(500, "通知公告", "共同的词语。")], &[PublicationId(Uuid::from_u128(1_099))], 9).unwrap();
    let page = |words: &str, offset: usize| {
        index.search(&Query { words: words.to_owned(), offset, limit: 20, ..Query::default() }).unwrap()
    };
    let ids = |found: &Found| -> Vec<u128> { found.hits.iter().map(|hit| hit.publication.0.as_u128()).collect() };
    let first = page("共同的词", 0);
    assert_eq!((first.total, first.more), (MOST, true));
    assert_eq!(ids(&first), [1_100].into_iter().chain((1_080..=1_098).rev()).collect::<Vec<u128>>());
    for words in ["共同的词", "通知公告", "通知 共同"] {
        let mut seen = Vec::new();
        for offset in (0..MOST).step_by(20) {
            seen.extend(ids(&page(words, offset)));
        }
        let all: Vec<u128> = (1..=1_100).rev().filter(|number| *number != 1_099).take(MOST).collect();
        assert_eq!(seen, all, "{words}");
        assert!(page(words, MOST).hits.is_empty());
    }
    // 通知 stands in the title, 12号 in a number: what holds both heads the list, then the rest, newest first.
    let narrow = page("通知公告 〔2026〕12号", 0);
    assert_eq!((ids(&narrow), narrow.total, narrow.more), (vec![12], 1, false));
}

#[test]
fn many_words_in_a_title_head_the_list_though_newer_texts_hold_them_too() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    let words = "甲乙 丙丁 戊己 庚辛 壬癸";
    let entries = [entry(1, "甲乙、丙丁、戊己、庚辛、壬癸", ""), entry(2, "别的", words), entry(3, "甲乙", words)];
    index.apply(&entries, &[], 1).unwrap();
    assert_eq!(ask(&index, words), [1, 3, 2]);
    assert_eq!(ask(&index, "甲乙 丙丁"), [1, 3, 2], "fewer words are weighed one by one");
}

#[test]
fn after_a_filling_there_is_one_segment_and_the_position_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    for part in 0..3 {
        let entries: Vec<Entry> =
            (1..=500).map(|number| entry(part * 500 + number, "通知公告", "共同的词语。")).collect();
        index.apply(&entries, &[], i64::try_from(part).unwrap() + 1).unwrap();
    }
    index.rest(true).unwrap();
    assert_eq!(index.inner.searchable_segment_ids().unwrap().len(), 1);
    assert_eq!((index.position(), index.len()), (3, 1_500));
    index.apply(&[entry(2_000, "通知公告", "新的词语。")], &[], 4).unwrap();
    index.rest(false).unwrap();
    drop(index);
    let again = Index::open(folder.path()).unwrap();
    assert_eq!((again.position(), again.len()), (4, 1_501));
}
