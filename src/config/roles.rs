//! Roles and editions: who reads what.

use crate::spanned::reader::Localized;

/// The role of those outside: what is internal is kept from them.
pub(crate) const CUSTOMER: &str = "customer";

/// Who a page is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Role {
    /// Name in front matter.
    pub name: String,
    /// Name for readers.
    pub label: Localized,
    /// The role that takes over when this one cannot solve the problem.
    pub escalates_to: Option<String>,
    /// How to reach the role.
    pub contact: Contact,
}

/// How to reach a role; all parts optional.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Contact {
    /// A phone number.
    pub phone: Option<String>,
    /// A mail address.
    pub mailto: Option<String>,
    /// A page or form.
    pub url: Option<String>,
    /// A form for tickets, with `{title}`, `{text}` and names of facts where they go.
    pub ticket: Option<String>,
    /// When somebody answers.
    pub hours: Option<Localized>,
}

/// Which pages an edition shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Pages of every role.
    All,
    /// Pages that share one of these roles.
    Roles(Vec<String>),
}

/// One published site.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Name on the command line and in the output path.
    pub name: String,
    /// Who reads it.
    pub audience: Audience,
    /// Overrides the site's address.
    pub base_url: Option<String>,
    /// Overrides the site's title.
    pub title: Option<Localized>,
}

impl Edition {
    /// The shipped default: what customers see.
    pub fn public() -> Self {
        Edition {
            name: "public".to_owned(),
            audience: Audience::Roles(vec![CUSTOMER.to_owned()]),
            base_url: None,
            title: None,
        }
    }

    /// Whether anybody may read it: it is the public one, or customers are its only readers.
    pub fn is_public(&self) -> bool {
        let only_customers = matches!(&self.audience, Audience::Roles(roles) if roles.iter().all(|role| role == CUSTOMER));
        self.name == "public" || only_customers
    }

    /// Whether it shows `:::internal`: somebody other than customers reads it, and it is not the
    /// public one, which anybody may read, also where other roles have pages in it.
    pub fn shows_internal(&self) -> bool {
        match &self.audience {
            Audience::All => true,
            Audience::Roles(_) => !self.is_public() && self.has_internal_readers(),
        }
    }

    /// Whether roles other than customers read it.
    pub fn has_internal_readers(&self) -> bool {
        match &self.audience {
            Audience::All => true,
            Audience::Roles(roles) => roles.iter().any(|role| role != CUSTOMER),
        }
    }

    /// Whether readers of this edition may see something meant for `roles`.
    pub fn shows<S: AsRef<str>>(&self, roles: &[S]) -> bool {
        match &self.audience {
            Audience::All => true,
            Audience::Roles(mine) => {
                roles.iter().any(|role| mine.iter().any(|m| m == role.as_ref()))
            }
        }
    }
}

/// The support chain in escalation order: name, English label, Chinese label, next role.
const CHAIN: [(&str, &str, &str, Option<&str>); 7] = [
    (CUSTOMER, "Customer", "客户", Some("hotline")),
    ("hotline", "400 hotline", "客服", Some("support")),
    ("support", "Technical support", "技术支持", Some("ops")),
    ("ops", "Operations", "运维", Some("engineer")),
    ("engineer", "Engineering", "研发", Some("architect")),
    ("architect", "Architecture", "架构", None),
    ("customer-ops", "Customer operations", "运营", None),
];

/// The roles every site has from the start.
pub(crate) fn shipped() -> Vec<Role> {
    CHAIN
        .iter()
        .map(|(name, en, zh, next)| Role {
            name: (*name).to_owned(),
            label: Localized {
                fallback: (*en).to_owned(),
                by_language: [("zh".to_owned(), (*zh).to_owned())].into(),
            },
            escalates_to: next.map(str::to_owned),
            contact: Contact::default(),
        })
        .collect()
}
