from __future__ import annotations

import pytest

from aigaq.output import refusal, theme


def put(root, path, data):
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data if isinstance(data, bytes) else data.encode())


def assets(made):
    return {asset.path: asset.data for asset in made.assets}


def test_a_site_without_a_look_has_that_of_the_package(tmp_path):
    made = theme.read(tmp_path)
    assert {"base.html", "person.html"} <= set(made.templates)
    assert {"en", "kk", "ug"} <= set(made.catalogues)
    assert "assets/site.css" in assets(made)


def test_a_template_of_the_site_stands_in_for_that_of_the_package(tmp_path):
    put(tmp_path, "templates/person.html", "mine")
    made = theme.read(tmp_path)
    assert made.templates["person.html"] == "mine"
    brought = theme.read(tmp_path / "empty").templates["person.html"]
    assert made.templates["shipped/person.html"] == brought
    assert made.templates["base.html"] == theme.read(tmp_path / "empty").templates["base.html"]


@pytest.mark.parametrize(("folder", "overrides"), [("theme", ""), ("look", "look")])
def test_files_of_the_theme_folder_win(tmp_path, folder, overrides):
    put(tmp_path, f"{folder}/css/site.css", "mine")
    put(tmp_path, f"{folder}/locales/kk.po", "mine")
    made = theme.read(tmp_path, overrides)
    assert (assets(made)["assets/site.css"], made.catalogues["kk"]) == (b"mine", "mine")


def test_without_a_theme_folder_nothing_else_of_the_site_is_an_asset(tmp_path):
    put(tmp_path, "css/private.css", "x")
    put(tmp_path, "content/media/icons/a.png", b"x")
    assert assets(theme.read(tmp_path)) == assets(theme.read(tmp_path / "empty"))


@pytest.mark.parametrize(
    "path",
    [
        *("css/note.txt", "css/run.js", "js/a.css", "a.css", "fonts/a.ttf", "icons/a.svg.exe"),
        *("css/.hidden.css", "css/.git/a.css", ".git/css/a.css", "locales/readme.md"),
    ],
)
def test_what_is_no_asset_is_not_published(tmp_path, path):
    put(tmp_path, f"theme/{path}", "x")
    made = theme.read(tmp_path)
    assert assets(made) == assets(theme.read(tmp_path / "empty"))
    assert made.catalogues == theme.read(tmp_path / "empty").catalogues


def test_files_of_one_name_in_two_folders_are_two_assets(tmp_path):
    put(tmp_path, "theme/icons/a/x.svg", "one")
    put(tmp_path, "theme/icons/b/x.svg", "two")
    made = assets(theme.read(tmp_path))
    assert (made["assets/a/x.svg"], made["assets/b/x.svg"]) == (b"one", b"two")


def test_a_link_to_a_file_elsewhere_is_not_followed(tmp_path):
    put(tmp_path, "secret.css", "secret")
    put(tmp_path, "theme/css/mine.css", "mine")
    (tmp_path / "theme/css/link.css").symlink_to(tmp_path / "secret.css")
    assert "assets/link.css" not in assets(theme.read(tmp_path))


def test_a_folder_elsewhere_is_not_followed(tmp_path):
    put(tmp_path, "elsewhere/secret.css", "secret")
    put(tmp_path, "theme/css/mine.css", "mine")
    (tmp_path / "theme/css/link").symlink_to(tmp_path / "elsewhere")
    assert "assets/link/secret.css" not in assets(theme.read(tmp_path))


@pytest.mark.parametrize("path", ["templates/person.html", "theme/locales/kk.po"])
def test_a_file_that_is_not_utf_8_is_refused_by_name(tmp_path, path):
    put(tmp_path, path, "Әке".encode("cp1251", "replace") + b"\xff")
    with pytest.raises(refusal.Refused) as refused:
        theme.read(tmp_path)
    [problem] = refused.value.diagnostics
    assert problem.code == "X003"
    assert problem.span.path.endswith(path)


def test_files_come_in_the_same_order_however_they_were_made(tmp_path):
    for names in ("ab", "ba"):
        for name in names:
            put(tmp_path / names, f"theme/css/{name}.css", name)
    orders = [[a.path for a in theme.read(tmp_path / names).assets] for names in ("ab", "ba")]
    assert orders[0] == orders[1]


def test_a_style_sheet_reaches_readers_without_comments_and_indentation(tmp_path):
    notes, rules = (
        "/* a\n   note */\n",
        'a {\n  content: "/* kept */";\n}\n\nb { c: d; /* x */ }',
    )
    put(tmp_path, "theme/css/mine.css", f"/*! Licence */\n{notes}{rules}")
    made = assets(theme.read(tmp_path))["assets/mine.css"].decode()
    assert made == '/*! Licence */\na {\ncontent: "/* kept */";\n}\nb { c: d;  }'
