/** What the lab tries: each class one question, its answer a record. */
@NullMarked
package dev.farhand.netlab.experiment;

import org.jspecify.annotations.NullMarked;
