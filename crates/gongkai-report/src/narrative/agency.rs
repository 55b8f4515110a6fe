//! What kind of agency a name speaks of.

/// The level of an agency, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgencyLevel {
    /// A ministry or another body of the State Council.
    Ministry,
    /// A province, autonomous region or municipality.
    Province,
    /// A city (prefecture or county level: the name does not tell).
    City,
    /// A county or district.
    County,
    /// A township or street.
    Town,
    /// The name does not tell.
    Unknown,
}

/// The kind of an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgencyKind {
    /// Its level.
    pub level: AgencyLevel,
    /// Whether it is a people's government (or its office), rather than a department.
    pub government: bool,
    /// The last word of its name: 局, 委, 厅, 镇 …; empty if unknown.
    pub word: &'static str,
}

/// Provincial names that carry no 省.
const REGIONS: [&str; 9] = ["北京市", "上海市", "天津市", "重庆市", "内蒙古", "广西", "西藏", "宁夏", "新疆"];

impl AgencyKind {
    /// The kind of the agency with this name.
    pub fn of(name: &str) -> Self {
        let has = |text: &str| name.contains(text);
        let ends = |text: &str| name.ends_with(text);
        let town = has("街道")
            || has("镇人民政府")
            || has("乡人民政府")
            || ends("镇")
            || ends("乡")
            || has("镇政府")
            || has("乡政府");
        let government = has("人民政府")
            && (ends("人民政府") || ends("政府办公室") || ends("政府办公厅") || ends("政府办"))
            || ends("政府");
        let municipality = REGIONS.iter().find(|region| name.starts_with(**region));
        let after = municipality.map_or(name, |region| name.strip_prefix(region).unwrap_or(name));
        let national = (ends("部")
            || ends("总局")
            || ends("署")
            || name.starts_with("国家")
            || name.starts_with("中国")
            || name.starts_with("中华人民共和国"))
            && !has("省")
            && !has("市")
            && !has("县")
            && !has("区");
        let county = after.contains('县') || after.contains('旗') || district(after);
        let level = if name.is_empty() {
            AgencyLevel::Unknown
        } else if town {
            AgencyLevel::Town
        } else if national {
            AgencyLevel::Ministry
        } else if county {
            AgencyLevel::County
        } else if after.contains('市') || after.contains('州') && !name.starts_with("贵州") || after.contains("盟")
        {
            AgencyLevel::City
        } else if has("省") || has("自治区") || municipality.is_some() {
            AgencyLevel::Province
        } else {
            AgencyLevel::Unknown
        };
        let word = if town {
            if has("街道") {
                "街道"
            } else if has("乡") && !has("镇") {
                "乡"
            } else {
                "镇"
            }
        } else {
            ["局", "委", "厅", "中心", "学校", "学院", "医院", "办公室", "院", "处", "署", "部", "会"]
                .into_iter()
                .find(|word| ends(word) || *word == "委" && ends("委员会"))
                .unwrap_or("")
        };
        Self { level, government, word }
    }
}

/// A district, not an autonomous region, zone or scenic area.
fn district(name: &str) -> bool {
    let Some(at) = name.find('区') else { return false };
    let head = name.get(..at).unwrap_or("");
    !["自治", "新", "开发", "高新", "景", "社", "保税", "园", "示范", "合作", "实验"]
        .iter()
        .any(|word| head.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_the_name() {
        for (name, level, government) in [
            ("南开区审计局", AgencyLevel::County, false),
            ("示例市示例局", AgencyLevel::City, false),
            ("淮安市洪泽区人民政府", AgencyLevel::County, true),
            ("淮安市人民政府", AgencyLevel::City, true),
            ("某县某镇人民政府", AgencyLevel::Town, true),
            ("某区某街道办事处", AgencyLevel::Town, false),
            ("广西壮族自治区人民政府", AgencyLevel::Province, true),
            ("江苏省水利厅", AgencyLevel::Province, false),
            ("天津市审计局", AgencyLevel::Province, false),
            ("水利部", AgencyLevel::Ministry, false),
            ("", AgencyLevel::Unknown, false),
        ] {
            let kind = AgencyKind::of(name);
            assert_eq!((kind.level, kind.government), (level, government), "{name}");
        }
    }
}
