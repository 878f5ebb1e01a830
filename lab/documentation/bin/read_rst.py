"""Print what docutils has to say of pages: read_rst.py PAGE ..."""

import io
import sys

from docutils.core import publish_doctree


def main():
    for path in sys.argv[1:]:
        said = io.StringIO()
        with open(path) as page:
            publish_doctree(
                page.read(),
                source_path=path,
                settings_overrides={
                    "warning_stream": said,
                    "file_insertion_enabled": 0,
                },
            )
        print(said.getvalue(), end="")


if __name__ == "__main__":
    main()
