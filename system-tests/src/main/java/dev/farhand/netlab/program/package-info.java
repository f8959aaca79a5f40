/** The real programs, each in its network: server, coturn, agents, operators, browsers. */
@NullMarked
package dev.farhand.netlab.program;

import org.jspecify.annotations.NullMarked;
