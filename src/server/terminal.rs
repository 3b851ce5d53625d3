//! The terminal: what is said to it, and the password that is read from it without being shown.

use std::{
    io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write},
    os::fd::AsFd,
};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Says something on the standard output. That nobody reads on (`trek-tribe openapi | head`) is no failure.
///
/// # Errors
/// When it cannot be written.
pub fn say(text: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Says something on the standard error. When that is gone too, nobody is left to be told.
pub fn complain(text: &str) {
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// The first line of the standard input. Somebody who types it is asked for it, and does not see it.
///
/// # Errors
/// When it cannot be read.
pub fn read_password() -> io::Result<String> {
    let input = io::stdin();
    if !input.is_terminal() {
        return read_line(&mut input.lock());
    }
    complain("The password (it does not show while you type):");
    read_hidden(&input, &mut BufReader::new(input.lock()))
}

fn read_hidden(terminal: impl AsFd, input: &mut impl BufRead) -> io::Result<String> {
    let _hiding = Hiding::start(terminal)?;
    read_line(input)
}

fn read_line(input: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// A terminal that does not show what is typed, until this is dropped.
struct Hiding<T: AsFd> {
    terminal: T,
    before: Termios,
}

impl<T: AsFd> Hiding<T> {
    fn start(terminal: T) -> io::Result<Self> {
        let before = tcgetattr(&terminal)?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        hidden.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(&terminal, OptionalActions::Now, &hidden)?;
        Ok(Self { terminal, before })
    }
}

impl<T: AsFd> Drop for Hiding<T> {
    fn drop(&mut self) {
        if let Err(error) = tcsetattr(&self.terminal, OptionalActions::Now, &self.before) {
            complain(&format!("This terminal may not show what you type ({error}). The command `reset` mends that."));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{File, OpenOptions},
        io::Read,
        thread,
    };

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    use super::*;

    /// Both ends of a terminal: where somebody sits, and what a program sees.
    fn open_terminal() -> (File, File) {
        let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&person).unwrap();
        unlockpt(&person).unwrap();
        let name = ptsname(&person, Vec::new()).unwrap().into_string().unwrap();
        (person.into(), OpenOptions::new().read(true).write(true).open(name).unwrap())
    }

    fn shows_what_is_typed(terminal: &File) -> bool {
        tcgetattr(terminal).unwrap().local_modes.contains(LocalModes::ECHO)
    }

    #[test]
    fn a_password_is_read_without_being_shown() {
        let (mut person, mut terminal) = open_terminal();
        assert!(shows_what_is_typed(&terminal));
        let program = terminal.try_clone().unwrap();
        let reading = thread::spawn(move || read_hidden(&program, &mut BufReader::new(&program)));
        while shows_what_is_typed(&terminal) {
            thread::yield_now();
        }
        person.write_all(b"correct horse\n").unwrap();
        assert_eq!(reading.join().unwrap().unwrap(), "correct horse");
        assert!(shows_what_is_typed(&terminal), "the terminal is as it was");
        terminal.write_all(b"end").unwrap();
        let mut shown = String::new();
        while !shown.ends_with("end") {
            let mut bytes = [0; 64];
            let length = person.read(&mut bytes).unwrap();
            shown.push_str(std::str::from_utf8(&bytes[..length]).unwrap());
        }
        assert_eq!(shown, "\r\nend");
    }
}
