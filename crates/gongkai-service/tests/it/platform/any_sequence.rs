//! Whatever happens over four years: every year's report balances and carries over.

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef, ProceedingColumn, ProceedingGroup};
use gongkai_model::application::clock::{Channel, Event};
use gongkai_service::platform::{ApplicationFilter, ApplicationForm, Intake};
use jiff::civil::{Date, date};

use super::House;
use super::annual::{CODE, noon};

/// Numbers that look like chance and are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

async fn one_act(house: &House, draw: &mut Draw, today: Date, at: usize) {
    let (services, clerk, now) = (&house.services, &house.crew.clerk, noon(today));
    let back = |draw: &mut Draw, most: u64| {
        let days = i64::try_from(draw.below(most)).unwrap();
        today.checked_sub(jiff::Span::new().days(days)).unwrap()
    };
    match draw.below(4) {
        0 => {
            let received = back(draw, 300);
            let length = i64::try_from(draw.below(40)).unwrap();
            let served = received.checked_add(jiff::Span::new().days(length)).unwrap();
            let end = if served > today { ",".to_owned() } else { format!("granted_provided,{served}") };
            let text = format!(
                "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on\nI-{at},business,某,online,{received},某事,{end}\n"
            );
            let done = services.import_cases(now, CODE, ("c.csv", text.as_bytes()), false).await.unwrap();
            assert_eq!(done.added, 1, "{:?}", done.refused);
        }
        1 => {
            let filed = back(draw, 200);
            let (result, decided) =
                if draw.below(2) == 0 { ("pending", String::new()) } else { ("upheld", today.to_string()) };
            let text = format!(
                "dispute_no,kind,registration_no,filed_on,result,decided_on\nD-{at},direct_suit,,{filed},{result},{decided}\n"
            );
            assert_eq!(services.import_disputes(now, CODE, ("d.csv", text.as_bytes()), false).await.unwrap().added, 1);
        }
        2 => {
            let form = ApplicationForm {
                kind: "natural_person".to_owned(),
                name: "张示例".to_owned(),
                title: format!("某事{at}"),
                ..ApplicationForm::default()
            };
            let intake = Intake { channel: Channel::InPerson, on: today, form };
            services.register_application(now, clerk, &intake).await.unwrap();
        }
        _ => {
            let filter = ApplicationFilter { limit: 200, ..ApplicationFilter::default() };
            let open: Vec<_> = services
                .applications_list(clerk, filter)
                .await
                .unwrap()
                .into_iter()
                .filter(|one| one.standing.state == "running")
                .collect();
            if !open.is_empty() {
                let pick = usize::try_from(draw.below(u64::try_from(open.len()).unwrap())).unwrap();
                let one = &open[pick];
                let event = Event::Withdrawn { on: today };
                services.note_step(now, clerk, one.id, one.version, (event, "电话撤回")).await.unwrap();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_sequence_of_cases_disputes_imports_and_year_ends_balances_and_carries_over() {
    let mut houses = Vec::new();
    for seed in [11_u64, 202, 3_003] {
        houses.push((seed, House::open_since(None, noon(date(2022, 1, 3))).await));
    }
    if let Some(database) = super::postgres() {
        houses.push((40_004, House::open_since(Some(database), noon(date(2022, 1, 3))).await));
    }
    for (seed, house) in houses {
        super::desk::set_up(&house).await;
        let mut draw = Draw(seed);
        let mut today = date(2023, 2, 1);
        for at in 0..60_usize {
            one_act(&house, &mut draw, today, at).await;
            let days = i64::try_from(draw.below(35)).unwrap();
            today = today.checked_add(jiff::Span::new().days(days)).unwrap().min(date(2026, 2, 20));
        }
        let now = noon(today);
        let mut carried: Option<Vec<Option<String>>> = None;
        for year in 2022..=today.year() {
            let figures = house.services.figures_of(now, CODE, year).await.unwrap();
            assert!(!figures.is_wrong(), "seed {seed}, {year}: {:?}", figures.findings);
            let row = |row: ApplicationRow| -> Vec<Option<String>> {
                ApplicantColumn::ALL
                    .map(|column| figures.adjusted.get(&CellRef::Application(row, column)).map(ToString::to_string))
                    .to_vec()
            };
            if let Some(before) = carried {
                assert_eq!(before, row(ApplicationRow::CarriedIn), "seed {seed}, {year}");
            }
            carried = Some(row(ApplicationRow::CarriedOut));
            let total = CellRef::Proceeding(ProceedingGroup::DirectSuit, ProceedingColumn::Total);
            assert!(figures.adjusted.contains_key(&total));
        }
        let doctor = house.services.doctor(now).await.unwrap();
        assert!(doctor.iter().all(|one| one.what != "年度报告的计数" || one.wrong.is_none()), "seed {seed}");
    }
}
