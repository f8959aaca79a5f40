/** The lab's results for people: Markdown for the docs, a page with pictures. */
@NullMarked
package dev.farhand.netlab.report;

import org.jspecify.annotations.NullMarked;
