package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;

/** A number in binary, as Python's {@code struct} and C's {@code stdint.h} have them. */
enum FieldType {
  INT8(1, Byte.MIN_VALUE, Byte.MAX_VALUE),
  UINT8(1, 0, 0xffL),
  INT16(2, Short.MIN_VALUE, Short.MAX_VALUE),
  UINT16(2, 0, 0xffffL),
  INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
  UINT32(4, 0, 0xffff_ffffL),
  FLOAT32(4, -Float.MAX_VALUE, Float.MAX_VALUE);

  final int bytes;
  final double least;
  final double most;

  FieldType(int bytes, double least, double most) {
    this.bytes = bytes;
    this.least = least;
    this.most = most;
  }

  /** Whether this is a number that it can hold. */
  boolean holds(JsonNode value) {
    double number = value.doubleValue();
    return value.isNumber()
        && number >= least
        && number <= most
        && (this == FLOAT32 || number == Math.rint(number));
  }

  /** Writes a number within its bounds; whole types round. */
  void put(ByteBuffer to, double value) {
    long whole = Math.round(value);
    switch (this) {
      case INT8, UINT8 -> to.put((byte) whole);
      case INT16, UINT16 -> to.putShort((short) whole);
      case INT32, UINT32 -> to.putInt((int) whole);
      case FLOAT32 -> to.putFloat((float) value);
    }
  }

  /** Reads a number; what is no finite one is null. */
  JsonNode get(ByteBuffer from) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (this) {
      case INT8 -> nodes.numberNode(from.get());
      case UINT8 -> nodes.numberNode(from.get() & 0xff);
      case INT16 -> nodes.numberNode(from.getShort());
      case UINT16 -> nodes.numberNode(from.getShort() & 0xffff);
      case INT32 -> nodes.numberNode(from.getInt());
      case UINT32 -> nodes.numberNode(from.getInt() & 0xffff_ffffL);
      case FLOAT32 -> {
        float value = from.getFloat();
        yield Float.isFinite(value) ? nodes.numberNode(value) : nodes.nullNode();
      }
    };
  }
}
