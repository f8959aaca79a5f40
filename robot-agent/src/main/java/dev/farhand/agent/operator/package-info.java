/**
 * A robot's operator without a browser: {@link dev.farhand.agent.operator.Operator} joins, sends,
 * drives and sees.
 */
@NullMarked
package dev.farhand.agent.operator;

import org.jspecify.annotations.NullMarked;
