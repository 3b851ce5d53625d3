//! All settings, as the README's table shows them.

/// A variable as the README's table shows it.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// Its name in the environment.
    pub name: &'static str,
    /// What holds when it is not set.
    pub default: &'static str,
    /// What it decides.
    pub meaning: &'static str,
}

/// All variables, in the order of the README.
pub const VARIABLES: &[Variable] = &[
    Variable {
        name: "TREK_ENV",
        default: "`development`",
        meaning: "`development` or `production`. Production refuses embedded servers, default secrets and plain-HTTP cookies at start, and demo data and `clear` at all times.",
    },
    Variable { name: "TREK_ADDR", default: "`127.0.0.1:3000`", meaning: "Address and port to listen on." },
    Variable {
        name: "TREK_PUBLIC_URL",
        default: "`http://` and `TREK_ADDR`",
        meaning: "The address that people use, without a path; links in mails and the origin check go by it. Production wants `https://`.",
    },
    Variable {
        name: "TREK_TRUSTED_PROXIES",
        default: "none",
        meaning: "Addresses and networks (`127.0.0.1, 10.0.0.0/8`) of the proxies in front. From them, and from nobody else, the last hop of `X-Forwarded-For` that is not one of them is believed to be the client; limits count by it.",
    },
    Variable {
        name: "TREK_DATA_DIR",
        default: "`./data`",
        meaning: "Folder of the embedded database, of files, of written mails and of the generated secret.",
    },
    Variable { name: "TREK_SITE_DIR", default: "`./target/site`", meaning: "Folder of the built browser files." },
    Variable {
        name: "TREK_SECRET",
        default: "generated, kept in the data folder",
        meaning: "At least 32 characters; signing keys are derived from it. All processes share it. Required in production.",
    },
    Variable {
        name: "TREK_VERIFY_EMAIL",
        default: "`off`; `on` in production",
        meaning: "`on`: a new account starts when its e-mail address is confirmed.",
    },
    Variable {
        name: "MONGODB_URI",
        default: "an embedded `mongod`",
        meaning: "A MongoDB replica set, with the name of the database in its path. Required in production.",
    },
    Variable {
        name: "MONGOD",
        default: "`mongod` on `PATH`, then in `.tools`, then in `~/.cache/trek-tribe/tools`",
        meaning: "The `mongod` program for the embedded database.",
    },
    Variable {
        name: "S3_BUCKET",
        default: "files are kept in the data folder",
        meaning: "The bucket of an S3 server where files are kept. Its key puts, reads and removes objects, and may list the bucket. Required in production.",
    },
    Variable {
        name: "S3_ENDPOINT",
        default: "that of AWS for the region",
        meaning: "The address of another S3 server, such as `https://s3.example.com`. Production sends nothing without encryption.",
    },
    Variable { name: "S3_REGION", default: "`us-east-1`", meaning: "The region of the bucket." },
    Variable {
        name: "AWS_ACCESS_KEY_ID",
        default: "none",
        meaning: "The key that uses the bucket. `S3_BUCKET` needs it.",
    },
    Variable {
        name: "AWS_SECRET_ACCESS_KEY",
        default: "none",
        meaning: "The secret of that key. `S3_BUCKET` needs it.",
    },
    Variable {
        name: "SMTP_URL",
        default: "mails are written to the data folder",
        meaning: "`smtps://user:password@host` or `smtp://…?tls=required`. Required in production, which sends nothing without encryption.",
    },
    Variable {
        name: "MAIL_FROM",
        default: "`Trek-Tribe <hello@trek-tribe.example>`",
        meaning: "The sender of all mails. Required in production.",
    },
    Variable {
        name: "RUST_LOG",
        default: "`info`",
        meaning: "What is logged, in the syntax of `tracing`'s `EnvFilter`.",
    },
];
