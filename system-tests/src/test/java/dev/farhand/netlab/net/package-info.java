@NullMarked
package dev.farhand.netlab.net;

import org.jspecify.annotations.NullMarked;
