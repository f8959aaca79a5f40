package dev.farhand.netlab.report;

import java.util.List;
import java.util.stream.Collectors;

/** All sections on one page that needs nothing else. */
final class Html {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Farhand over networks of every kind</title>
      <style>
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
        table { border-collapse: collapse; margin: 1em 0; font-size: 13px }
        th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left }
        svg { width: 100%; height: auto }
        .bad { color: #b00020; font-weight: bold }
      </style>
      <h1>Farhand over networks of every kind</h1>
      """;

  private Html() {}

  static String page(List<Section> sections) {
    return HEAD + sections.stream().map(Section::html).collect(Collectors.joining("\n"));
  }

  static String text(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
