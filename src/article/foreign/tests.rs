use super::*;

fn of(key: &str, value: &str) -> Option<Effect> {
    effect(key, &Value::Scalar(value.to_owned()))
}

#[test]
fn what_does_not_plainly_say_public_keeps_back() {
    for (key, value) in [
        ("draft", "y"),
        ("draft", "1.0"),
        ("draft ", "true"),
        ("Draft:", "x"),
        ("ｄｒａｆｔ", "true"),
        ("dra\u{200b}ft", "TRUE"),
        ("published", "n"),
        ("published", "0"),
        ("unpublished", "true"),
        ("wip", "true"),
        ("state", "draft"),
        ("stattus", "Draft"),
        ("publish_status", "pending"),
        ("headless", "true"),
        ("isPublic", "no"),
        ("draft", ""),
        ("is_draft", "maybe"),
        ("public", "false"),
    ] {
        assert_eq!(of(key, value), Some(Effect::Draft), "{key}: {value}");
    }
    assert_eq!(effect("draft", &Value::Null), Some(Effect::Draft));
    assert_eq!(effect("draft", &Value::List(Vec::new())), Some(Effect::Draft));
    for (key, value) in [
        ("draft", "false"),
        ("draft", "No"),
        ("published", "true"),
        ("state", "California"),
        ("stage", ""),
        ("visibility", "Public"),
        ("private", "false"),
        ("audience", "everyone"),
        ("password", ""),
        ("hidden", "false"),
        ("author", "x"),
        ("sidebar_label", "Internal"),
        ("permalink", "/internal/"),
        ("internal_link", "true"),
        ("audience", "users"),
    ] {
        assert_eq!(of(key, value), None, "{key}: {value}");
    }
}

#[test]
fn words_for_readers_are_not_guessed() {
    for (key, value) in [
        ("visibility", "internal"),
        ("access", "staff"),
        ("user_segment", "Agents"),
        ("private", "true"),
        ("restricted", "x"),
        ("Permissions", "admin"),
        ("password", "x"),
        ("internal", "true"),
        ("access", ""),
    ] {
        assert_eq!(of(key, value), Some(Effect::Unread), "{key}: {value}");
    }
    assert_eq!(of("nav_exclude", "true"), Some(Effect::Hide));
}

#[test]
fn keys_of_time_name_a_day() {
    let day = Date::constant(2031, 1, 2);
    for key in ["publishDate", "publish_from", "published", "发布日期"] {
        assert_eq!(of(key, "2031-01-02"), Some(Effect::Time(Bound::From, day)), "{key}");
    }
    for key in ["expiryDate", "expires", "expire_date", "unpublish"] {
        assert_eq!(of(key, "2031-01-02 10:00"), Some(Effect::Time(Bound::Until, day)), "{key}");
    }
    for (key, value) in
        [("expires", "soon"), ("expires", "true"), ("publish_on", "never"), ("publishDate", "")]
    {
        assert_eq!(of(key, value), Some(Effect::NoDay), "{key}: {value}");
    }
    assert_eq!(effect("expires", &Value::List(Vec::new())), Some(Effect::NoDay));
    assert_eq!(of("expires", "never"), None);
}
