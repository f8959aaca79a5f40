/** The lab's operators: one program for each of their networks, told what to do line by line. */
@NullMarked
package dev.farhand.netlab.operator;

import org.jspecify.annotations.NullMarked;
