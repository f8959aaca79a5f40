@NullMarked
package dev.farhand.netlab.report;

import org.jspecify.annotations.NullMarked;
