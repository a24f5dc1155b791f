# `just` lists the recipes. Each is a plain command that also works without just.

_list:
    @just --list --unsorted

# Format every Rust file, including those that `cargo fmt` cannot find behind the rules' macro
fmt:
    git ls-files -z '*.rs' | xargs -0 rustfmt --edition 2024

# Type-check and lint the code
lint:
    cargo clippy --locked --all-targets -- -D warnings

# Run the tests
test *arguments:
    cargo test {{arguments}}

# Rewrite the reports in the rule pages (of one rule: `just pages unpinned-image`)
pages rule="":
    UPDATE=1 {{ if rule == "" { "" } else { "PAGE=" + rule } }} cargo test --test it pages

# Rewrite the reports of the fixtures
fixtures:
    UPDATE=1 cargo test --test it fixtures

# Lint a path with the current program
run *arguments:
    cargo run --quiet -- {{arguments}}

# Compare the speed with the yardsticks
bench:
    python3 benches/run

# Build the documentation and the playground into target/site/html, and look at them
site:
    bash .ci/site
    python3 -m http.server --directory target/site/html 8000

# Everything that must pass before a change lands, licences of dependencies included
ready:
    bash .ci/run
    bash .ci/site
    cargo deny check bans licenses sources
