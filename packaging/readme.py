"""Makes the relative links of README.md absolute, for PyPI and npm: `readme.py` rewrites the file."""

import re

from targets import REPOSITORY, manifest


def absolute(text: str) -> str:
    """The text with links to the files of this version. Links within the page stay as they are."""
    version, repository = manifest()["version"], manifest()["repository"]
    raw = repository.replace("github.com", "raw.githubusercontent.com")
    text = re.sub(r"(!\[[^\]]*\]\()(?!https:)", rf"\1{raw}/v{version}/", text)
    return re.sub(r"((?<!!)\[[^\]]*\]\()(?!https:|#)", rf"\1{repository}/blob/v{version}/", text)


if __name__ == "__main__":
    file = REPOSITORY / "README.md"
    file.write_text(absolute(file.read_text()))
