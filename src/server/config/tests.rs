//! What the configuration takes and refuses.

use super::*;

fn read(variables: &[(&str, &str)]) -> Result<Config, Problems> {
    Config::read(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

/// What production needs at least, with some of it said otherwise.
fn read_production(changes: &[(&str, &str)]) -> Result<Config, Problems> {
    let needed = [
        ("TREK_ENV", "production"),
        ("TREK_PUBLIC_URL", "https://trek.example"),
        ("TREK_SECRET", "0123456789012345678901234567890123456789"),
        ("MONGODB_URI", "mongodb://user:hunter2-hunter2@host/trek"),
        ("S3_BUCKET", "trek-files"),
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2/hunter2"),
        ("SMTP_URL", "smtps://user:hunter2-hunter2@host"),
        ("MAIL_FROM", "Trek <hello@trek.example>"),
    ];
    read(&changes.iter().chain(&needed).copied().collect::<Vec<_>>())
}

/// The lines about one variable.
#[track_caller]
fn lines(outcome: Result<Config, Problems>, name: &str) -> Vec<String> {
    outcome.expect_err(name).0.into_iter().filter(|line| line.starts_with(name)).collect()
}

#[test]
fn nothing_needs_to_be_set_in_development() {
    let config = read(&[]).unwrap();
    assert_eq!(config.public_url, "http://127.0.0.1:3000");
    assert!(!config.verify_email && config.trusted_proxies.is_empty());
}

#[test]
fn every_bad_value_has_a_line() {
    let bad = [
        ("TREK_ENV", "staging"),
        ("TREK_ADDR", "here"),
        ("TREK_PUBLIC_URL", "ftp://x"),
        ("TREK_TRUSTED_PROXIES", "10.0.0.0/8, proxy, 10.0.0.0/99"),
        ("TREK_SECRET", "short"),
        ("TREK_VERIFY_EMAIL", "maybe"),
        ("MONGODB_URI", "postgres://x"),
        ("SMTP_URL", "http://x"),
        ("MAIL_FROM", "nobody"),
        ("RUST_LOG", "info,trek_tribe=loud"),
    ];
    let Problems(lines) = read(&bad).unwrap_err();
    assert_eq!(lines.len(), bad.len(), "{lines:?}");
    for (name, _) in bad {
        assert_eq!(lines.iter().filter(|line| line.starts_with(name)).count(), 1, "{name}: {lines:?}");
    }
}

#[test]
fn services_that_cannot_be_used_are_told_without_their_passwords() {
    for (name, value) in [
        ("MONGODB_URI", "mongodb://"),
        ("MONGODB_URI", "mongodb://user:hunter2@x@host/trek"),
        ("MONGODB_URI", "mongodb://user:hunter2@host/trek?retryWrites=hunter2"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://user:hunter2@host?tls=maybe"),
        ("SMTP_URL", "smtps://user:hunter2@host:port"),
    ] {
        let lines = lines(read(&[(name, value)]), name);
        assert!(lines.len() == 1 && !lines[0].contains("hunter2"), "{value}: {lines:?}");
    }
}

#[test]
fn production_refuses_unsafe_defaults() {
    let Problems(lines) = read(&[("TREK_ENV", "production")]).unwrap_err();
    for name in ["TREK_PUBLIC_URL", "TREK_SECRET", "MONGODB_URI", "S3_BUCKET", "SMTP_URL", "MAIL_FROM"] {
        assert!(lines.iter().any(|line| line.starts_with(name)), "{name}: {lines:?}");
    }
}

#[test]
fn production_sends_no_mail_in_the_clear() {
    for url in
        ["smtp://host", "smtp://host?tls=opportunistic", "smtp://host:25?x=tls%3Drequired", "smtp://host#?tls=required"]
    {
        assert_eq!(lines(read_production(&[("SMTP_URL", url)]), "SMTP_URL").len(), 1, "{url}");
        assert!(read(&[("SMTP_URL", url)]).is_ok(), "{url} is good for development");
    }
    for url in ["smtps://host", "smtp://user:secret@host:587?tls=required"] {
        assert!(read_production(&[("SMTP_URL", url)]).is_ok(), "{url}");
    }
}

/// A bucket in development, with some of it said otherwise.
fn read_bucket(changes: &[(&str, &str)]) -> Result<Config, Problems> {
    let needed = [("S3_BUCKET", "trek-files"), ("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "hunter2")];
    read(&changes.iter().chain(&needed).copied().collect::<Vec<_>>())
}

#[test]
fn a_bucket_is_used_with_its_key() {
    let settings =
        read_bucket(&[("S3_ENDPOINT", "http://127.0.0.1:9000"), ("S3_REGION", "ap-south-1")]).unwrap().s3.unwrap();
    assert_eq!(settings.endpoint.as_deref(), Some("http://127.0.0.1:9000"));
    assert_eq!((settings.region.as_str(), settings.bucket.as_str()), ("ap-south-1", "trek-files"));
    assert_eq!((settings.access_key_id.as_str(), settings.secret_access_key.reveal()), ("key", "hunter2"));
    assert_eq!(read_bucket(&[]).unwrap().s3.unwrap().endpoint, None);
}

#[test]
fn a_bucket_that_cannot_be_used_is_told() {
    for (name, value) in [
        ("S3_BUCKET", "Trek Files"),
        ("S3_BUCKET", "x"),
        ("S3_ENDPOINT", "ftp://s3.example.com"),
        ("S3_ENDPOINT", "https://user:hunter2@s3.example.com"),
        ("S3_REGION", "Europe!"),
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", "hunter2 "),
    ] {
        let lines = lines(read_bucket(&[(name, value)]), name);
        assert!(lines.len() == 1 && !lines[0].contains("hunter2"), "{value}: {lines:?}");
    }
    assert_eq!(lines(read(&[("S3_ENDPOINT", "https://s3.example.com")]), "S3_BUCKET").len(), 1);
    assert_eq!(lines(read_production(&[("S3_ENDPOINT", "http://s3.example.com")]), "S3_ENDPOINT").len(), 1);
}

#[test]
fn a_key_of_something_else_asks_for_no_bucket() {
    assert_eq!(read(&[("AWS_ACCESS_KEY_ID", "key"), ("S3_REGION", "ap-south-1")]).unwrap().s3, None);
}

#[test]
fn of_the_public_address_the_origin_is_kept() {
    for (url, origin) in [
        ("https://trek.example", "https://trek.example"),
        ("https://Trek.Example/", "https://trek.example"),
        ("https://trek.example:443", "https://trek.example"),
        ("http://trek.example:80/", "http://trek.example"),
        ("https://trek.example:8443", "https://trek.example:8443"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("https://[2001:DB8::1]:443", "https://[2001:db8::1]"),
    ] {
        assert_eq!(read(&[("TREK_PUBLIC_URL", url)]).unwrap().public_url, origin);
    }
    for url in [
        "trek.example",
        "https://",
        "https://trek.example/crm",
        "https://trek.example/crm/",
        "https://trek.example/?a=b",
        "https://user@trek.example",
        "https://trek.example:99999",
        "https://trek.example:x",
        "https:/trek.example",
    ] {
        assert_eq!(lines(read(&[("TREK_PUBLIC_URL", url)]), "TREK_PUBLIC_URL").len(), 1, "{url}");
    }
    let path = lines(read(&[("TREK_PUBLIC_URL", "https://trek.example/crm")]), "TREK_PUBLIC_URL");
    assert!(path[0].contains("end after the host"), "{path:?}");
}

#[test]
fn trusted_proxies_are_a_list() {
    let config = read(&[("TREK_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1,")]).unwrap();
    let networks: Vec<Network> = ["127.0.0.1", "10.0.0.0/8", "::1"].iter().map(|text| text.parse().unwrap()).collect();
    assert_eq!(config.trusted_proxies, networks);
}

#[test]
fn secrets_do_not_show_in_logs() {
    let shown = format!("{:?}", read_production(&[]).unwrap());
    assert!(!shown.contains("hunter2") && !shown.contains("0123456789012345"), "{shown}");
}
