//! Packages of the distribution, where it is Debian's or Ubuntu's and we may install.

use crate::{process, project::find_program};
use anyhow::{Result, bail};
use std::process::Command;

/// Installs packages, as root or with a `sudo` that asks for no password.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("install {} by hand", packages.join(" "));
    if find_program("apt-get").is_none() {
        bail!("this machine has no apt-get: {by_hand}");
    }
    let is_root = process::capture(Command::new("id").arg("-u"))?.trim() == "0";
    if !is_root && !process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        bail!(
            "installing needs root or a sudo without password: {by_hand} (sudo apt-get install {})",
            packages.join(" ")
        );
    }
    let apt = |words: &[&str]| {
        let mut command = if is_root { Command::new("env") } else { Command::new("sudo") };
        if !is_root {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]).args(words);
        process::capture(&mut command)
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())?;
    Ok(())
}
