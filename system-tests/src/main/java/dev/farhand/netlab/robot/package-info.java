/** What runs on the lab's robots: a simulated rover that keeps a journal. */
@NullMarked
package dev.farhand.netlab.robot;

import org.jspecify.annotations.NullMarked;
