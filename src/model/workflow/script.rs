//! Scripts of steps: whether one certainly leaves the files of the repository alone.

/// Commands that write no files but those that they name or that their output is sent to.
const HARMLESS: &[&str] = &[
    ":", "[", "[[", "basename", "cat", "cd", "cut", "date", "dirname", "echo", "exit", "export", "false",
    "for", "grep", "head", "ls", "printf", "pwd", "set", "sleep", "tail", "test", "tr", "true", "unset",
    "wc",
];

/// Commands of `docker` that see no files of the host, or only read them.
const OF_DOCKER: &[&str] = &[
    "build", "buildx", "image", "images", "info", "inspect", "login", "logout", "manifest", "pull", "push",
    "tag", "version",
];

/// Commands of `git` that only read.
const OF_GIT: &[&str] = &["describe", "diff", "log", "rev-parse", "show", "status"];

/// Words in front of a command.
const KEYWORDS: &[&str] =
    &["if", "then", "else", "elif", "fi", "while", "until", "do", "done", "!", "{", "}", "time"];

/// Where output may be sent.
const TARGETS: &[&str] = &[
    "$GITHUB_ENV",
    "$GITHUB_OUTPUT",
    "$GITHUB_PATH",
    "$GITHUB_STEP_SUMMARY",
    "/dev/null",
    "/dev/stderr",
    "/dev/stdout",
    "&1",
    "&2",
];

/// Whether a script for a shell of Unix certainly writes no file that it does not name.
pub(super) fn leaves_files_alone(script: &str) -> bool {
    commands(script).iter().all(Command::is_harmless)
}

/// A command of a script, without its quotation marks.
#[derive(Debug, Default, PartialEq, Eq)]
struct Command {
    words: Vec<String>,
    /// Where its output is sent.
    targets: Vec<String>,
}

impl Command {
    fn is_harmless(&self) -> bool {
        let is_known = |target: &String| TARGETS.contains(&target.replace(['{', '}'], "").as_str());
        let is_before = |word: &&String| KEYWORDS.contains(&word.as_str()) || is_assignment(word);
        let mut words = self.words.iter().skip_while(is_before).map(String::as_str);
        let is_harmless = match words.next() {
            None => true,
            Some("aws") => !words.any(|word| word == "s3"),
            Some("docker") => words.next().is_some_and(|word| OF_DOCKER.contains(&word)),
            Some("git") => words.next().is_some_and(|word| OF_GIT.contains(&word)),
            Some(word) => HARMLESS.contains(&word),
        };
        is_harmless && self.targets.iter().all(is_known)
    }
}

/// Whether a word sets a variable: `TAG=latest`.
fn is_assignment(word: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    word.split_once('=').is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_of_name))
}

/// A command that is being read.
#[derive(Debug, Default)]
struct Open {
    command: Command,
    word: String,
    /// The quotation mark that is open.
    quote: Option<char>,
    /// Whether the next word is where output is sent.
    is_target: bool,
    /// Whether it is between backticks.
    is_in_backticks: bool,
}

impl Open {
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if !word.is_empty() {
            let words = if self.is_target { &mut self.command.targets } else { &mut self.command.words };
            words.push(word);
            self.is_target = false;
        }
    }

    fn end(&mut self) -> Command {
        self.end_word();
        std::mem::take(&mut self.command)
    }
}

/// The commands of a script, those in other commands among them.
fn commands(script: &str) -> Vec<Command> {
    let mut ended = Vec::new();
    let mut outer: Vec<Open> = Vec::new();
    let mut open = Open::default();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        if let Some((_, after)) = rest.strip_prefix("${{").and_then(|rest| rest.split_once("}}")) {
            open.word.push('$');
            rest = after;
            continue;
        }
        let is_command = open.quote != Some('\'') && rest.starts_with("$(");
        rest = rest.strip_prefix(if is_command { "$(" } else { "" }).unwrap_or(rest);
        if !is_command {
            rest = rest.strip_prefix(c).unwrap_or_default();
        }
        match (open.quote, c) {
            (Some(quote), c) if c == quote => open.quote = None,
            (Some('\''), c) => open.word.push(c),
            (_, '\\') => {
                let escaped = rest.chars().next();
                rest = escaped.and_then(|c| rest.strip_prefix(c)).unwrap_or_default();
                open.word.extend(escaped.filter(|c| *c != '\n'));
            }
            (_, '`') if open.is_in_backticks => close(&mut open, &mut outer, &mut ended),
            (_, '`') => {
                outer.push(std::mem::replace(&mut open, Open { is_in_backticks: true, ..Open::default() }))
            }
            _ if is_command => outer.push(std::mem::take(&mut open)),
            (Some(_), c) => open.word.push(c),
            (None, '\'' | '"') => open.quote = Some(c),
            (None, '(') => outer.push(std::mem::take(&mut open)),
            (None, ')') => close(&mut open, &mut outer, &mut ended),
            (None, '&' | '|') if open.is_target && open.word.is_empty() => {
                open.word.extend(Some(c).filter(|c| *c == '&'));
            }
            (None, '&') if rest.starts_with('>') => open.end_word(),
            (None, ';' | '\n' | '|' | '&') => ended.push(open.end()),
            (None, '>') => {
                if open.word.chars().all(|c| c.is_ascii_digit()) {
                    open.word.clear();
                }
                open.end_word();
                open.is_target = true;
            }
            (None, '#') if open.word.is_empty() => {
                rest = rest.find('\n').and_then(|at| rest.get(at..)).unwrap_or_default();
            }
            (None, '<') => open.end_word(),
            (None, c) if c.is_whitespace() => open.end_word(),
            (None, c) => open.word.push(c),
        }
    }
    while !outer.is_empty() {
        close(&mut open, &mut outer, &mut ended);
    }
    ended.push(open.end());
    ended
}

/// Goes on with the command around one that ends.
fn close(open: &mut Open, outer: &mut Vec<Open>, ended: &mut Vec<Command>) {
    ended.push(open.end());
    if let Some(around) = outer.pop() {
        *open = around;
        // What it prints.
        open.word.push('$');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_builds_an_image_is_harmless() {
        for script in [
            "",
            "docker build -t $REGISTRY/web:$TAG . && docker push \"$REGISTRY/web:$TAG\"",
            "echo \"image=$REGISTRY/web:${{ github.sha }}\" >> $GITHUB_OUTPUT",
            "echo image=x >>\"${GITHUB_ENV}\" # done; not a command\n",
            "# comment\nset -euo pipefail\ncd app\nexport TAG=$(git rev-parse --short HEAD | cut -c1-7)",
            "TAG=`date +%s`\nREF=${{ inputs.ref || github.ref }}\necho \"a > b; c $(echo d)\"",
            "if [ -z \"$TAG\" ]; then\n  echo 'none > here' >&2\n  exit 1\nfi",
            "aws ecr describe-images --query 'x[?y>`1`]' --output text > /dev/null 2>&1",
            "docker build \\\n  --tag web \\\n  .",
            "docker images &>/dev/null || true",
        ] {
            assert!(leaves_files_alone(script), "{script}: {:?}", commands(script));
        }
    }

    #[test]
    fn what_may_write_a_file_is_not() {
        for script in [
            "cd .aws\nsed -i s/app/side/ *.json",
            "git checkout prod -- .aws/",
            "./scripts/prepare.sh prod",
            "make render",
            "python scripts/render.py",
            "npm ci && npm run build",
            "echo {} > $FILE",
            "echo {} >| .aws/x",
            "echo \"$(jq . a)\"",
            "echo `./render`",
            "(cp a b)",
            "TAG=1 envsubst < a",
            "if true; then node x; fi",
            "cat <<EOF > x\nEOF",
            "aws s3 cp s3://bucket/definitions . --recursive",
            "docker run -v $PWD:/app render",
            "docker compose up",
            "cat a | tee b",
            "echo a &> b",
            "$RENDER",
            "echo 'it'; find . -name '*.json' -exec sed -i s/a/b/ {} +",
        ] {
            assert!(!leaves_files_alone(script), "{script}: {:?}", commands(script));
        }
    }
}
