@NullMarked
package dev.farhand.netlab;

import org.jspecify.annotations.NullMarked;
