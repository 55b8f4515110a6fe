//! Table 2: information published on the agency's own initiative.

use crate::Edition;

/// A row of table 2, of either edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProactiveItem {
    /// 规章.
    Regulations,
    /// 行政规范性文件 (2021), 规范性文件 (2019).
    NormativeDocuments,
    /// 行政许可.
    Licences,
    /// 其他对外管理服务事项 (2019).
    OtherServices,
    /// 行政处罚.
    Penalties,
    /// 行政强制.
    Coercion,
    /// 行政事业性收费.
    Fees,
    /// 政府集中采购 (2019).
    Procurement,
}

/// A numeric column of a block of table 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProactiveField {
    /// 本年制发件数 (2021).
    Issued,
    /// 本年废止件数 (2021).
    Repealed,
    /// 现行有效件数 (2021).
    InForce,
    /// 本年处理决定数量 (2021), 处理决定数量 (2019).
    Decisions,
    /// 本年收费金额（单位：万元） (2021).
    Amount10kYuan,
    /// 本年新制作数量 (2019).
    Made,
    /// 本年新公开数量 (2019).
    Published,
    /// 对外公开总数量 (2019).
    TotalPublished,
    /// 上一年项目数量 (2019).
    PriorItems,
    /// 本年增/减 (2019), a signed number.
    Change,
    /// 采购项目数量 (2019).
    Projects,
    /// 采购总金额 in yuan (2019).
    AmountYuan,
}

/// A block of table 2: one item of article 20 of the Regulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProactiveBlock {
    /// 第二十条第（一）项.
    Rules,
    /// 第二十条第（五）项.
    Licensing,
    /// 第二十条第（六）项.
    Enforcement,
    /// 第二十条第（八）项.
    Charges,
    /// 第二十条第（九）项 (2019).
    Purchases,
}

use ProactiveField as F;
use ProactiveItem as I;

impl ProactiveBlock {
    /// The blocks that `edition` prints, in order.
    pub fn of(edition: Edition) -> &'static [Self] {
        match edition {
            Edition::F2019 => &[Self::Rules, Self::Licensing, Self::Enforcement, Self::Charges, Self::Purchases],
            Edition::F2021 => &[Self::Rules, Self::Licensing, Self::Enforcement, Self::Charges],
        }
    }

    /// The title line of the block.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rules => "第二十条第（一）项",
            Self::Licensing => "第二十条第（五）项",
            Self::Enforcement => "第二十条第（六）项",
            Self::Charges => "第二十条第（八）项",
            Self::Purchases => "第二十条第（九）项",
        }
    }

    /// The rows of the block in `edition`.
    pub fn items(self, edition: Edition) -> &'static [I] {
        match (self, edition) {
            (Self::Rules, _) => &[I::Regulations, I::NormativeDocuments],
            (Self::Licensing, Edition::F2019) => &[I::Licences, I::OtherServices],
            (Self::Licensing, Edition::F2021) => &[I::Licences],
            (Self::Enforcement, _) => &[I::Penalties, I::Coercion],
            (Self::Charges, _) => &[I::Fees],
            (Self::Purchases, Edition::F2019) => &[I::Procurement],
            (Self::Purchases, Edition::F2021) => &[],
        }
    }

    /// The numeric columns of the block in `edition`.
    pub fn fields(self, edition: Edition) -> &'static [F] {
        match (self, edition) {
            (Self::Rules, Edition::F2021) => &[F::Issued, F::Repealed, F::InForce],
            (Self::Rules, Edition::F2019) => &[F::Made, F::Published, F::TotalPublished],
            (Self::Licensing | Self::Enforcement, Edition::F2021) => &[F::Decisions],
            (Self::Licensing | Self::Enforcement, Edition::F2019) => &[F::PriorItems, F::Change, F::Decisions],
            (Self::Charges, Edition::F2021) => &[F::Amount10kYuan],
            (Self::Charges, Edition::F2019) => &[F::PriorItems, F::Change],
            (Self::Purchases, Edition::F2019) => &[F::Projects, F::AmountYuan],
            (Self::Purchases, Edition::F2021) => &[],
        }
    }
}

impl ProactiveItem {
    /// Every row of both editions, in the order of the form.
    pub const ALL: [Self; 8] = [
        I::Regulations,
        I::NormativeDocuments,
        I::Licences,
        I::OtherServices,
        I::Penalties,
        I::Coercion,
        I::Fees,
        I::Procurement,
    ];

    /// The rows that `edition` prints, in order.
    pub fn of(edition: Edition) -> &'static [Self] {
        match edition {
            Edition::F2019 => &Self::ALL,
            Edition::F2021 => &[I::Regulations, I::NormativeDocuments, I::Licences, I::Penalties, I::Coercion, I::Fees],
        }
    }

    /// The block the row stands in.
    pub fn block(self) -> ProactiveBlock {
        match self {
            I::Regulations | I::NormativeDocuments => ProactiveBlock::Rules,
            I::Licences | I::OtherServices => ProactiveBlock::Licensing,
            I::Penalties | I::Coercion => ProactiveBlock::Enforcement,
            I::Fees => ProactiveBlock::Charges,
            I::Procurement => ProactiveBlock::Purchases,
        }
    }

    /// The identifier used in files.
    pub fn code(self) -> &'static str {
        match self {
            I::Regulations => "regulations",
            I::NormativeDocuments => "normative_documents",
            I::Licences => "licences",
            I::OtherServices => "other_services",
            I::Penalties => "penalties",
            I::Coercion => "coercion",
            I::Fees => "fees",
            I::Procurement => "procurement",
        }
    }

    /// The label printed on the form of `edition`.
    pub fn label(self, edition: Edition) -> &'static str {
        match self {
            I::Regulations => "规章",
            I::NormativeDocuments => match edition {
                Edition::F2019 => "规范性文件",
                Edition::F2021 => "行政规范性文件",
            },
            I::Licences => "行政许可",
            I::OtherServices => "其他对外管理服务事项",
            I::Penalties => "行政处罚",
            I::Coercion => "行政强制",
            I::Fees => "行政事业性收费",
            I::Procurement => "政府集中采购",
        }
    }

    /// The numeric columns of the row in `edition`.
    pub fn fields(self, edition: Edition) -> &'static [F] {
        self.block().fields(edition)
    }
}

/// What a figure of table 2 measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Something counted: whole, not negative.
    Count,
    /// A difference: whole, with its sign.
    Difference,
    /// Money in yuan, to the fen.
    Yuan,
    /// Money in 万元, to the fen.
    TenThousandYuan,
}

impl Measure {
    /// The most decimals: a fen is the smallest amount.
    pub fn decimals(self) -> u32 {
        match self {
            Self::Count | Self::Difference => 0,
            Self::Yuan => 2,
            Self::TenThousandYuan => 6,
        }
    }
}

impl ProactiveField {
    /// What the figure measures.
    pub fn measure(self) -> Measure {
        match self {
            F::Issued
            | F::Repealed
            | F::InForce
            | F::Decisions
            | F::Made
            | F::Published
            | F::TotalPublished
            | F::PriorItems
            | F::Projects => Measure::Count,
            F::Change => Measure::Difference,
            F::AmountYuan => Measure::Yuan,
            F::Amount10kYuan => Measure::TenThousandYuan,
        }
    }

    /// Whether the figure says how things stood on a day, not what the year brought: months of it do not add up.
    pub fn is_stock(self) -> bool {
        match self {
            F::InForce | F::TotalPublished | F::PriorItems => true,
            F::Issued
            | F::Repealed
            | F::Decisions
            | F::Amount10kYuan
            | F::Made
            | F::Published
            | F::Change
            | F::Projects
            | F::AmountYuan => false,
        }
    }

    /// Every column of both editions.
    pub const ALL: [Self; 12] = [
        F::Issued,
        F::Repealed,
        F::InForce,
        F::Decisions,
        F::Amount10kYuan,
        F::Made,
        F::Published,
        F::TotalPublished,
        F::PriorItems,
        F::Change,
        F::Projects,
        F::AmountYuan,
    ];

    /// The identifier used in files.
    pub fn code(self) -> &'static str {
        match self {
            F::Issued => "issued",
            F::Repealed => "repealed",
            F::InForce => "in_force",
            F::Decisions => "decisions",
            F::Amount10kYuan => "amount_10k_yuan",
            F::Made => "made",
            F::Published => "published",
            F::TotalPublished => "total_published",
            F::PriorItems => "prior_items",
            F::Change => "change",
            F::Projects => "projects",
            F::AmountYuan => "amount_yuan",
        }
    }

    /// The label printed on the form of `edition`.
    pub fn label(self, edition: Edition) -> &'static str {
        match self {
            F::Issued => "本年制发件数",
            F::Repealed => "本年废止件数",
            F::InForce => "现行有效件数",
            F::Decisions => match edition {
                Edition::F2019 => "处理决定数量",
                Edition::F2021 => "本年处理决定数量",
            },
            F::Amount10kYuan => "本年收费金额（单位：万元）",
            F::Made => "本年新制作数量",
            F::Published => "本年新公开数量",
            F::TotalPublished => "对外公开总数量",
            F::PriorItems => "上一年项目数量",
            F::Change => "本年增/减",
            F::Projects => "采购项目数量",
            F::AmountYuan => "采购总金额",
        }
    }

    /// The head of the label column of table 2.
    pub const CONTENT_LABEL: &'static str = "信息内容";
}
