"""XML from outside."""

from pathlib import Path

import pytest

from tasks.read_csv import FileRefused
from tasks.safe_xml import document, elements, local, root_tag

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Document><Ntry>&c;</Ntry></Document>
"""
SECRET = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><Document><Ntry>&x;</Ntry></Document>'
)


def test_elements_come_in_the_order_of_the_file_with_what_they_hold(tmp_path: Path) -> None:
    file = tmp_path / "statement.xml"
    file.write_text('<D xmlns="urn:x"><S><Ntry><A>1</A></Ntry><Other/><Ntry><A>2</A></Ntry></S></D>')
    assert [(local(one), one[0].text) for one in elements(file, "Ntry")] == [("Ntry", "1"), ("Ntry", "2")]
    assert root_tag(file) == "{urn:x}D"


@pytest.mark.parametrize("text", [LAUGHS, SECRET])
def test_a_file_that_declares_entities_is_not_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "hostile.xml"
    file.write_text(text)
    for read in (document, root_tag, lambda path: list(elements(path, "Ntry"))):
        with pytest.raises(FileRefused, match="DOCTYPE"):
            read(file)


def test_a_truncated_file_is_refused_with_the_line_where_it_ends(tmp_path: Path) -> None:
    file = tmp_path / "cut.xml"
    file.write_text("<D>\n<Ntry>\n<A>1</A>\n</Ntry>\n<Nt")
    with pytest.raises(FileRefused) as refused:
        list(elements(file, "Ntry"))
    assert (refused.value.problem.line, "cut off" in refused.value.problem.reason) == (5, True)
